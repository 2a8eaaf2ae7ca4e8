// Requests to the API server through the relay, and its endless answers.

export const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
export const MERGE = "application/merge-patch+json";
export const STRATEGIC = "application/strategic-merge-patch+json";

/** What the API server (or the relay) said instead of an answer, in its own words. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The error that a body tells. */
export function failure(status, body) {
  try {
    const told = JSON.parse(body);
    return new ApiError(status, told.message || `HTTP ${status}`);
  } catch {
    return new ApiError(status, body.trim() || `HTTP ${status}`);
  }
}

/** Sends a request; the answer is a tree, or text where the server sends text. */
export async function request(method, path, { body, accept, type, signal } = {}) {
  const headers = { Accept: accept ?? "application/json" };
  if (body !== undefined) {
    headers["Content-Type"] = type ?? "application/json";
  }
  const answer = await fetch(path, {
    method, headers, signal, body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw failure(answer.status, text);
  }
  return (answer.headers.get("Content-Type") ?? "").startsWith("application/json") ? JSON.parse(text) : text;
}

export const get = (path, options) => request("GET", path, options);

/**
 * Follows an endless answer. `chunk` gets text as it comes; `end` is called once, with an ApiError where the server gave
 * one. Each piece is acknowledged when it has been dealt with, so that a page that is behind slows the server.
 */
export function follow(path, { table, begin, chunk, end }) {
  const socket = new WebSocket(`ws://${location.host}/stream${table ? "/table" : ""}${path}`);
  const decoder = new TextDecoder();
  let error;
  let over = false;
  socket.binaryType = "arraybuffer";
  socket.onmessage = ({ data }) => {
    if (over) {
      return;
    }
    if (typeof data === "string") {
      const { status, body } = JSON.parse(data);
      if (status >= 300) {
        error = failure(status, body);
      } else {
        begin?.();
      }
      return;
    }
    chunk(decoder.decode(data, { stream: true }));
    socket.send(".");
  };
  socket.onclose = () => {
    if (!over) {
      over = true;
      end(error);
    }
  };
  return {
    close() {
      over = true;
      socket.close();
    },
  };
}

/** Cuts a stream of text into lines. */
export function lines(each) {
  let rest = "";
  return text => {
    const parts = (rest + text).split("\n");
    rest = parts.pop();
    parts.forEach(each);
  };
}

/** A path with the parameters that are not empty. */
export function withQuery(path, parameters) {
  const query = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== "" && value !== false)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
  return query ? `${path}?${query}` : path;
}
