/** The name of a whole sequence in code, from that of one of its members: beta, betas. */
export const plural = (name: string): string => (name.endsWith('ss') ? `${name}es` : name.endsWith('s') ? name : /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`);
