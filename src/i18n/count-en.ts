/** A number with its noun: '1 agency', '2 agencies'. Vietnamese nouns have one form. */
export const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;
