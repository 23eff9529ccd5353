// Says under a list of ticks how many members are there and whether that is enough. The server
// counts again by the rules of the body; without script that is where one sees it.
//
//   <input type="checkbox" name="present" data-quorum="7" data-quorum-total="13">

function start(root) {
  const first = root.querySelector("input[data-quorum]");
  const group = first?.closest("fieldset");
  if (!group || group.querySelector("[data-quorum-status]")) return;
  const boxes = [...group.querySelectorAll("input[data-quorum]")];
  const needed = Number(first.dataset.quorum);
  const line = document.createElement("p");
  line.className = "utrecht-paragraph";
  line.dataset.quorumStatus = "";
  line.setAttribute("role", "status");
  const count = () => {
    const there = boxes.filter((box) => box.checked).length;
    const enough = there >= needed ? "genoeg" : `te weinig, er zijn er ${needed} nodig`;
    line.textContent = `${there} van de ${first.dataset.quorumTotal} leden: ${enough} om te besluiten.`;
  };
  group.append(line);
  group.addEventListener("change", count);
  count();
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
