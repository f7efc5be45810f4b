// Betters pages that work without it: live forms, buttons that say what they do, times of the browser's own zone.
// Nothing here writes HTML from text: answers are parsed by XMLHttpRequest, which runs no script of theirs.

const status = () => document.getElementById("status");
const say = (text) => { status().textContent = text; };

function send(form, submitter) {
  const body = new FormData(form, submitter);
  const action = submitter?.getAttribute("formaction") || form.getAttribute("action");
  return sendBody(action, new URLSearchParams(body), form.elements.csrf.value);
}

function sendBody(action, body, token, progress = null) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", action);
    request.responseType = "document";
    request.setRequestHeader("Accept", "text/html");
    request.setRequestHeader("X-CSRF-Token", token);
    if (progress) request.upload.addEventListener("progress", progress);
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", () => reject(new Error(document.body.dataset.lost)));
    request.send(body);
  });
}

// Put the answer's <main> where ours is, and the eye and the keyboard back where they were.
function show(request) {
  const main = request.response?.querySelector("main");
  if (!main) { say(document.body.dataset.lost); return; }
  const focused = document.activeElement?.id;
  const written = focused && focused === typing ? document.activeElement.value : null;
  const open = [...document.querySelectorAll("main details[open][id]")].map((each) => each.id);
  const scrolled = [...document.querySelectorAll("main .scroll[id]")].map((each) => [each.id, each.scrollLeft, each.scrollTop]);
  const top = scrollY;
  document.title = request.response.title;
  replacing = true; // a browser takes a field that goes away for one that was left, and half a word for a choice
  document.querySelector("main").replaceWith(document.adoptNode(main));
  replacing = false;
  const path = new URL(request.responseURL);
  if (request.status < 400 && path.pathname !== location.pathname) history.pushState(null, "", path);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, left, down] of scrolled) document.getElementById(id)?.scrollTo(left, down);
  scrollTo(scrollX, top);
  const target = focused && document.getElementById(focused);
  (target || document.querySelector("main [autofocus]"))?.focus({ preventScroll: true });
  if (written !== null && target) target.value = written;
  enhance(document.querySelector("main"));
  say(document.querySelector("main [data-announce]")?.textContent.trim() || document.body.dataset.updated);
}

// Files go one by one, each with its progress; one file leads to its page, several to the list of them.
async function upload(form, files) {
  const list = form.querySelector("[data-uploads]");
  list.hidden = false;
  const reached = [];
  for (const file of files) {
    const item = list.appendChild(document.createElement("li"));
    const [name, bar, word] = ["span", "progress", "span"].map((tag) => item.appendChild(document.createElement(tag)));
    name.textContent = file.name;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `${form.dataset.uploading} ${file.name}`);
    word.textContent = form.dataset.uploading;
    const body = new FormData();
    body.append("csrf", form.elements.csrf.value);
    if (form.elements.at_once.checked) body.append("at_once", "true");
    body.append("files", file);
    try {
      const request = await sendBody(form.getAttribute("action"), body, form.elements.csrf.value, (event) => {
        bar.value = event.total ? event.loaded / event.total : 1;
        if (bar.value === 1) { word.textContent = form.dataset.reading; bar.removeAttribute("value"); }
      });
      if (request.status >= 400) {
        const answer = request.response;
        const found = answer?.querySelector("main .notice li") || answer?.querySelector("main h1");
        word.textContent = found?.textContent.trim() || form.dataset.failed;
        word.className = "problem";
        if (request.response?.querySelector("#key")) { show(request); return; }
      } else {
        reached.push(request.responseURL);
        word.textContent = "✓";
      }
    } catch (error) {
      word.textContent = error.message;
      word.className = "problem";
    }
    bar.remove();
  }
  form.reset();
  if (reached.length === 1 && files.length === 1) location.assign(reached[0]);
  else if (reached.length === files.length) location.assign(form.getAttribute("action"));
}

// One form at a time is on its way. What is chosen meanwhile is laid over the answer, then sent in its turn.
let sending = false;
let soon = 0;
let replacing = false;
let typing = ""; // the field that is written in while a form is on its way: the answer does not undo the letters
const meanwhile = { fields: new Map(), button: null };

async function live(form, button) {
  clearTimeout(soon);
  sending = true;
  typing = "";
  document.querySelector("main").setAttribute("aria-busy", "true");
  try {
    show(await send(form, button));
  } catch (error) {
    document.querySelector("main").removeAttribute("aria-busy");
    say(error.message);
  }
  sending = false;
  goOn();
}

function goOn() {
  const { fields, button } = meanwhile;
  if (!fields.size && !button) return;
  const found = [...fields].map(([id, value]) => [document.getElementById(id), value]).filter(([element]) => element);
  const pressed = button && document.getElementById(button);
  fields.clear();
  meanwhile.button = null;
  for (const [element, value] of found) element.value = value;
  const form = pressed?.form || found[0]?.[0].form;
  if (form) form.requestSubmit(pressed);
}

const language = document.documentElement.lang; // days are written as the service writes them, times in the browser's zone
const times = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
function enhance(root) {
  for (const time of root.querySelectorAll("time[datetime]")) time.textContent = times.format(new Date(time.dateTime));
  for (const element of root.querySelectorAll("[data-without-script]")) element.hidden = true;
  for (const element of root.querySelectorAll("[data-with-script]")) element.hidden = false;
  root.querySelector("[data-drop]")?.classList.add("scripted");
}

for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const form = document.querySelector("[data-drop]");
    if (!form || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    if (kind === "drop") upload(form, [...event.dataTransfer.files]);
  });
}

document.addEventListener("input", (event) => { if (sending) typing = event.target.id; });
document.addEventListener("focusout", ({ target }) => {
  if (target.id && target.id === typing && !replacing) target.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("change", (event) => {
  if (replacing) return;
  const form = event.target.form;
  if (event.target.id === typing) typing = "";
  if (form?.matches("[data-drop]") && event.target.type === "file") upload(form, [...event.target.files]);
  if (!form?.matches("[data-live]")) return;
  if (sending) meanwhile.fields.set(event.target.id, event.target.value);
  else soon = setTimeout(live, 120, form, null); // a press of a button that ended the typing sends it, too
});

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  clearTimeout(soon);
  if (form.matches("[data-live]") && (sending || !submitter?.matches("[data-leave]"))) {
    event.preventDefault();
    if (sending) meanwhile.button = submitter?.id || null;
    else live(form, submitter);
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
