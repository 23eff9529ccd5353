// Puts the lines of a list in order by dragging the handle, or with the arrow keys on it. Without
// script the up and down buttons of each line do the same through the server.
//
//   <form method="post" action="..." data-order>
//     <ol class="rv-order"><li data-order-key="12"><span>Title</span> {% order_buttons ... %}</li></ol>
//   </form>
//
// Sends `order` (the keys, comma separated) with the token of the form; the server answers 2xx, or
// 4xx with {"message": "..."}: then the old order comes back and the sentence is shown, in the element
// with the id that `data-order-says` names or else below the form. After a save the form hears
// `order:saved`.

function say(form, text, problem = false) {
  let line =
    document.getElementById(form.dataset.orderSays ?? "") ??
    form.querySelector("[data-order-status]");
  if (!line) {
    line = document.createElement("p");
    line.className = "rv-draft";
    line.dataset.orderStatus = "";
    line.setAttribute("role", "status");
    form.append(line);
  }
  line.classList.toggle("rv-draft--problem", problem);
  line.textContent = text;
}

const lines = (list) => [...list.querySelectorAll(":scope > [data-order-key]")];
const keys = (list) => lines(list).map((line) => line.dataset.orderKey);

function arrows(list) {
  const all = lines(list);
  all.forEach((line, index) => {
    const [up, down] = line.querySelectorAll("button[name=move]");
    if (up) up.disabled = index === 0;
    if (down) down.disabled = index === all.length - 1;
  });
}

async function save(form, list, before) {
  const body = new FormData();
  body.set("order", keys(list).join(","));
  body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
  let problem = "De volgorde is niet bewaard: er is geen verbinding. Probeer het opnieuw.";
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers });
    if (answer.ok && !answer.redirected) {
      say(form, "Volgorde bewaard.");
      form.dispatchEvent(new CustomEvent("order:saved"));
      return;
    }
    const told = await answer.json().catch(() => ({}));
    problem = told.message ?? "De volgorde is niet bewaard. Laad de bladzijde opnieuw.";
  } catch {
    // no connection: the sentence above
  }
  const byKey = new Map(lines(list).map((line) => [line.dataset.orderKey, line]));
  for (const key of before) list.append(byKey.get(key));
  arrows(list);
  say(form, problem, true);
}

function attach(form) {
  const list = form.querySelector(".rv-order");
  if (!list) return;
  for (const line of lines(list)) {
    const handle = document.createElement("button");
    const name = line.dataset.orderLabel ?? line.textContent.trim().slice(0, 60);
    handle.type = "button";
    handle.className = "rv-handle";
    handle.setAttribute(
      "aria-label",
      `${name} verplaatsen: sleep, of gebruik pijl omhoog en omlaag`,
    );
    line.prepend(handle);

    handle.addEventListener("keydown", (event) => {
      const other =
        event.key === "ArrowUp"
          ? line.previousElementSibling
          : event.key === "ArrowDown"
            ? line.nextElementSibling
            : null;
      if (!other) return;
      event.preventDefault();
      const before = keys(list);
      if (event.key === "ArrowUp") other.before(line);
      else other.after(line);
      handle.focus();
      arrows(list);
      save(form, list, before);
    });

    handle.addEventListener("pointerdown", (event) => {
      const before = keys(list);
      handle.setPointerCapture(event.pointerId);
      line.classList.add("is-moving");
      const move = ({ clientY }) => {
        const over = lines(list).find((other) => {
          const box = other.getBoundingClientRect();
          return other !== line && clientY > box.top && clientY < box.bottom;
        });
        if (!over) return;
        const box = over.getBoundingClientRect();
        if (clientY < box.top + box.height / 2) over.before(line);
        else over.after(line);
      };
      const drop = () => {
        handle.removeEventListener("pointermove", move);
        line.classList.remove("is-moving");
        if (keys(list).join() === before.join()) return;
        arrows(list);
        save(form, list, before);
      };
      handle.addEventListener("pointermove", move);
      handle.addEventListener("lostpointercapture", drop, { once: true });
    });
  }
}

document.querySelectorAll("form[data-order]").forEach(attach);
