import { modelQuery } from "./api.js";

// The command that asks for the same.
const shellQuote = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

// curl takes commas and semicolons in a file name for its own, unless the name stands in double quotes.
const formFile = (name) => (/^[\w.-]+$/.test(name) ? name : `"${name.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`);

/** The key itself is never shown: the shell puts it in. */
export const curlLine = (fileName, model, tasks, size, withKey) => [
  `curl -sS ${shellQuote(new URL(`predict${modelQuery(model)}`, document.baseURI).href)}`,
  ...(withKey ? ['-H "X-API-Key: $DITASK_KEY"'] : []),
  `-F ${shellQuote(`image=@${formFile(fileName)}`)}`,
  `-F ${shellQuote(`tasks=${tasks.join(",")}`)}`,
  `-F size=${size} -F maps=f32`,
  "-o answer.json",
].join(" \\\n  ");
