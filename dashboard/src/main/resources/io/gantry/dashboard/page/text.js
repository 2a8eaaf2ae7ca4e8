// What kubectl's users know by sight: ages, quantities, selectors, YAML.

const UNITS = [["d", 86_400], ["h", 3_600], ["m", 60], ["s", 1]];

/** Seconds as kubectl writes a duration: 90s, 5m30s, 3h, 2d4h, 300d, 2y10d. */
export function duration(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  const [m, hours, days] = [Math.floor(s / 60), Math.floor(s / 3600), Math.floor(s / 86_400)];
  const years = Math.floor(days / 365);
  const two = (big, unit, small, smallUnit) => small ? `${big}${unit}${small}${smallUnit}` : `${big}${unit}`;
  if (s < 120) return `${s}s`;
  if (m < 10) return two(m, "m", s % 60, "s");
  if (hours < 3) return `${m}m`;
  if (hours < 8) return two(hours, "h", m % 60, "m");
  if (hours < 48) return `${hours}h`;
  if (days < 8) return two(days, "d", hours % 24, "h");
  if (days < 730) return `${days}d`;
  if (years < 8) return two(years, "y", days % 365, "d");
  return `${years}y`;
}

/** Seconds of a duration as kubectl writes it, NaN where it is none. */
export function seconds(text) {
  if (!/^(\d+[ydhms])+$/.test(text)) {
    return NaN;
  }
  const each = { y: 365 * 86_400, ...Object.fromEntries(UNITS) };
  return [...text.matchAll(/(\d+)([ydhms])/g)].reduce((sum, [, n, unit]) => sum + Number(n) * each[unit], 0);
}

/** A cell as it reads now: the server wrote ages when it sent the row. */
export function cellText(column, cell, row, nowMillis) {
  if (cell === null || cell === undefined) {
    return "";
  }
  if (column.name === "Age" && row.meta.creationTimestamp) {
    return duration((nowMillis - Date.parse(row.meta.creationTimestamp)) / 1000);
  }
  if (column.name === "Last Seen" && !Number.isNaN(seconds(String(cell)))) {
    return duration(seconds(cell) + (nowMillis - row.seen) / 1000);
  }
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}

/** Compares two cells: durations by length, numbers by value, texts with their numbers. */
export function compareCells(a, b) {
  const [x, y] = [sortValue(a), sortValue(b)];
  if (typeof x === "number" && typeof y === "number") {
    return x - y;
  }
  return String(a ?? "").localeCompare(String(b ?? ""), "en", { numeric: true });
}

function sortValue(cell) {
  if (typeof cell === "number") {
    return cell;
  }
  const length = seconds(String(cell));
  return Number.isNaN(length) ? cell : length;
}

const FACTORS = { n: 1e-9, u: 1e-6, m: 1e-3, "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 };

/** The number that a Kubernetes quantity means. */
export function quantity(text) {
  const match = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([numkMGTPE]?i?)$/.exec(String(text ?? ""));
  return match ? Number(match[1]) * (FACTORS[match[2]] ?? NaN) : NaN;
}

/** Bytes as people read them. */
export function bytes(n) {
  let value = n;
  for (const unit of ["B", "KiB", "MiB", "GiB"]) {
    if (value < 1024) {
      return `${value < 10 && unit !== "B" ? value.toFixed(1) : Math.round(value)} ${unit}`;
    }
    value /= 1024;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} TiB`;
}

/** A label selector object in the words of a query. */
export function selectorText(selector) {
  const terms = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  for (const { key, operator, values } of selector?.matchExpressions ?? []) {
    terms.push({ In: `${key} in (${values})`, NotIn: `${key} notin (${values})`, Exists: key, DoesNotExist: `!${key}` }[operator]);
  }
  return terms.join(",");
}

const PLAIN = /^[A-Za-z_/][A-Za-z0-9_./@+-]*(?: [A-Za-z0-9_./@(),+-]+)*$/;
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i;

/** An object as YAML. */
export function yaml(value, indent = "") {
  if (Array.isArray(value)) {
    return value.length === 0 ? " []\n" : "\n" + value.map(item => `${indent}-${nested(item, indent + "  ", true)}`).join("");
  }
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value);
    return entries.length === 0 ? " {}\n" : "\n" + entries.map(([key, v]) => entry(key, v, indent)).join("");
  }
  return ` ${scalar(value, indent)}\n`;
}

/** The document of an object: no line before the first key. */
export const yamlDocument = object => yaml(object).replace(/^\n/, "").replace(/^ /, "");

function entry(key, value, indent) {
  return `${indent}${scalar(key, indent)}:${Array.isArray(value) ? yaml(value, indent) : nested(value, indent + "  ", false)}`;
}

/** A value below a dash stands on the dash's line. */
function nested(value, indent, below) {
  const text = yaml(value, indent);
  return below && text.startsWith("\n") ? ` ${text.slice(1 + indent.length)}` : text;
}

function scalar(value, indent) {
  if (typeof value !== "string") {
    return String(value);
  }
  if (value.includes("\n") && !/[^\n\t\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd]/.test(value) && !/^\s|[ \t]\n/.test(value)) {
    const keep = value.endsWith("\n\n") || value === "\n" ? "+" : value.endsWith("\n") ? "" : "-";
    const body = value.replace(/\n$/, "").split("\n").map(line => line && (indent || "  ") + line).join("\n");
    return `|${keep}\n${body}`;
  }
  return PLAIN.test(value) && !WORDS.test(value) ? value : JSON.stringify(value);
}
