// Betters pages that work without it: live forms, buttons that say what they do, times of the browser's own zone.
// Nothing here writes HTML from text: answers are parsed by XMLHttpRequest, which runs no script of theirs.

const status = () => document.getElementById("status");
const say = (text) => { status().textContent = text; };

export function send(form, { submitter = null, progress = null } = {}) {
  const body = new FormData(form, submitter);
  const files = form.enctype === "multipart/form-data";
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", submitter?.getAttribute("formaction") || form.getAttribute("action"));
    request.responseType = "document";
    request.setRequestHeader("Accept", "text/html");
    request.setRequestHeader("X-CSRF-Token", form.elements.csrf.value);
    if (progress) request.upload.addEventListener("progress", progress);
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", () => reject(new Error(document.body.dataset.lost)));
    request.send(files ? body : new URLSearchParams(body));
  });
}

// Put the answer's <main> where ours is, and the eye and the keyboard back where they were.
export function show(request) {
  const main = request.response?.querySelector("main");
  if (!main) { say(document.body.dataset.lost); return; }
  const focused = document.activeElement?.id;
  const open = [...document.querySelectorAll("main details[open][id]")].map((each) => each.id);
  const scrolled = [...document.querySelectorAll("main .scroll[id]")].map((each) => [each.id, each.scrollLeft, each.scrollTop]);
  const top = scrollY;
  document.title = request.response.title;
  document.querySelector("main").replaceWith(document.adoptNode(main));
  const path = new URL(request.responseURL);
  if (request.status < 400 && path.pathname !== location.pathname) history.pushState(null, "", path);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, left, down] of scrolled) document.getElementById(id)?.scrollTo(left, down);
  scrollTo(scrollX, top);
  const target = focused && document.getElementById(focused);
  (target || document.querySelector("main [autofocus]"))?.focus({ preventScroll: true });
  enhance(document.querySelector("main"));
  say(document.querySelector("main [data-announce]")?.textContent.trim() || document.body.dataset.updated);
}

let running = 0;
async function live(form, submitter) {
  const mine = ++running;
  document.querySelector("main").setAttribute("aria-busy", "true");
  try {
    const request = await send(form, { submitter });
    if (mine === running) show(request);
  } catch (error) {
    document.querySelector("main").removeAttribute("aria-busy");
    say(error.message);
  }
}

const times = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
function enhance(root) {
  for (const time of root.querySelectorAll("time[datetime]")) time.textContent = times.format(new Date(time.dateTime));
  for (const element of root.querySelectorAll("[data-without-script]")) element.hidden = true;
  for (const element of root.querySelectorAll("[data-with-script]")) element.hidden = false;
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-live]") && event.target.type !== "file") live(form, null);
});

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.matches("[data-live]") && !submitter?.matches("[data-leave]")) {
    event.preventDefault();
    live(form, submitter);
  } else if (submitter?.dataset.busy) {
    requestAnimationFrame(() => { submitter.textContent = submitter.dataset.busy; submitter.setAttribute("aria-disabled", "true"); });
  }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  say(button.dataset.copied);
  button.textContent = button.dataset.copied;
});

addEventListener("popstate", () => location.reload());
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
enhance(document);
