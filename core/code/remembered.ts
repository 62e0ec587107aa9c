const MOST = 20_000;

/** `f`, whose results are kept: names of a text are asked for again after every key. */
export function remembered<R>(f: (text: string) => R): (text: string) => R {
  const known = new Map<string, R>();
  return (text) => {
    let result = known.get(text);
    if (result === undefined) {
      if (known.size >= MOST) known.clear();
      known.set(text, (result = f(text)));
    }
    return result;
  };
}
