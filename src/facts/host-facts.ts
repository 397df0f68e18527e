/** Facts about one host, by the name under which checks need them. */
export const hostFacts = {};
