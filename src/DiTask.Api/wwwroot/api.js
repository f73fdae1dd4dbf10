// The service's endpoints, and its problem documents as errors.

export class Problem extends Error {
  constructor(title, detail, { items = [], retryAfter = null, requestId = null, needsKey = false } = {}) {
    super(detail);
    Object.assign(this, { title, items, retryAfter, requestId, needsKey });
  }
}

// Nowhere but here: it is gone with the page.
let key = null;
export const useKey = (value) => { key = value; };
export const usesKey = () => key !== null;

// The query of a request for a model; for the default model there is none.
export const modelQuery = (model) => (model ? `?model=${encodeURIComponent(model)}` : "");

export const getTasks = async (model) => (await getJson(`tasks${modelQuery(model)}`)).tasks;
export const getModels = async () => (await getJson("models")).models;
export const getSamples = async () => (await getJson("samples")).samples;

/** Maps of one picture as raw arrays. */
export async function predict(file, model, tasks, size, signal) {
  const body = new FormData();
  body.append("image", file, file.name);
  body.append("tasks", tasks.join(","));
  body.append("size", size);
  body.append("maps", "f32");
  const answer = await getJson(`predict${modelQuery(model)}`, { method: "POST", body, signal });
  const image = answer.images[0];
  if (image.error) {
    throw new Problem(image.error.title, image.error.detail, { requestId: answer.id });
  }
  return { ...answer, image };
}

async function getJson(path, options = {}) {
  let response;
  try {
    response = await fetch(new URL(path, document.baseURI), { ...options, headers: { Accept: "application/json", ...(key && { "X-API-Key": key }) } });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Problem("The service cannot be reached.", "It may have been stopped, or the network is down. Nothing is lost: try again.");
  }
  if (!response.ok) {
    throw await readProblem(response);
  }
  return response.json();
}

async function readProblem(response) {
  try {
    const problem = await response.json();
    return new Problem(problem.title, problem.detail, {
      items: (problem.errors ?? []).map((item) => item.detail).filter((text) => text && text !== problem.detail),
      retryAfter: response.headers.get("Retry-After"),
      requestId: problem.requestId,
      needsKey: response.status === 401,
    });
  } catch {
    return new Problem("The service answered with an error.", `Status ${response.status} ${response.statusText}`.trim());
  }
}
