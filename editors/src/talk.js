// Talking with the page and the server: what the page gives an editor, and questions asked with the form's own token.

const english = document.documentElement.lang.startsWith("en");

/** Drawing needs a screen of so many pixels; on a narrower one the page shows what is drawn. */
export const NARROWEST = 1001;

/** The words in the page's language. */
export const said = (zh, en) => (english ? en : zh);

/** What the server wrote into the page for an editor. */
export const given = () => JSON.parse(document.getElementById("island").textContent);

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

/** Ask the server; its JSON with `status`, also where it refuses. An answer that is none is said in words. */
export async function ask(address, body, signal) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: JSON.stringify(body),
      signal,
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
    });
    return { ...(await answer.json()), status: answer.status };
  } catch (error) {
    if (error.name === "AbortError") return null;
    return { status: 0, message: said("连不上平台。您画的还在这里，没有丢。", "The platform can't be reached. What you drew is still here.") };
  }
}

/** `act` some time after the last call. */
export function later(milliseconds, act) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds);
  };
}

/** An element: h("p", {class: "mut"}, "words"). Attributes that begin with "on" are listeners; text is never markup. */
export function h(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return made;
}
