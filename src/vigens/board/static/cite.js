// Adds a button to copy each citation, and the permanent link with the board's address.
// Without it the texts stand in fields that can be selected and copied by hand.
const words = document.querySelector("[data-copy]");
if (words && navigator.clipboard) {
  const told = document.createElement("p");
  told.className = "quiet";
  told.dataset.made = "";
  told.setAttribute("role", "status");
  const offer = (after, text) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.made = "";
    button.textContent = words.dataset.copy;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text());
        told.textContent = words.dataset.copied;
      } catch {
        told.textContent = words.dataset.refused;
      }
      button.after(told);
    });
    after.after(button);
  };
  for (const field of document.querySelectorAll(".citation textarea")) {
    offer(field, () => field.value);
  }
  const link = document.querySelector(".permanent");
  if (link) {
    offer(link, () => link.href);
  }
}
