/** Facts about one zone, by the name under which checks need them. */
export const zoneFacts = {};
