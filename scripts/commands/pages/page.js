/** Filters the servers, and opens and closes them. Without it the page can be read all the same. */
(() => {
  const list = document.getElementById("server-list");
  const filter = document.getElementById("filter");
  if (list === null || filter === null) {
    return;
  }
  const field = document.getElementById("filter-words");
  const result = document.getElementById("filter-result");
  const groups = [...list.querySelectorAll(":scope > details.group")];
  const servers = [...list.querySelectorAll("details.server")].map((element) => ({
    element,
    group: element.closest("details.group"),
    text: element.textContent.toLowerCase(),
    wasOpen: element.open,
  }));

  const apply = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = new Set();
    let shown = 0;
    for (const { element, group, text, wasOpen } of servers) {
      const isMatch = words.every((word) => text.includes(word));
      element.hidden = !isMatch;
      element.open = words.length === 0 && wasOpen;
      if (isMatch) {
        shown += 1;
        matches.add(group);
      }
    }
    for (const group of groups) {
      group.hidden = !matches.has(group);
      group.open = words.length > 0;
    }
    // A few are shown whole, so that nobody has to open them one by one.
    if (words.length > 0 && shown <= 5) {
      for (const { element } of servers) {
        element.open = !element.hidden;
      }
    }
    result.textContent = words.length === 0 ? "" : `${shown} of ${servers.length} servers`;
  };

  const setOpen = (open) => {
    for (const details of list.querySelectorAll("details:not([hidden])")) {
      details.open = open;
    }
  };

  field.addEventListener("input", apply);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field.value !== "") {
      field.value = "";
      apply();
      event.preventDefault();
    }
  });
  document.getElementById("open-all").addEventListener("click", () => setOpen(true));
  document.getElementById("close-all").addEventListener("click", () => setOpen(false));
  filter.hidden = false;

  // A link into a group that is closed opens it.
  const openTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) {
      target.open = true;
      target.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", openTarget);
  openTarget();
})();
