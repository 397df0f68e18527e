/** Facts about one mail, by the name under which checks need them. */
export const mailFacts = {};
