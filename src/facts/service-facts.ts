/** Facts about one service, by the name under which checks need them. */
export const serviceFacts = {};
