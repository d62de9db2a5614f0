/* Only adds to forms that work without it: hides what does not matter, guards against sending twice, offers to print. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-form]");
  if (form) {
    relevance(form);
    sendOnce(form);
    fromIdNumber(form);
  }
  printing();

  /* Parts that say when they matter (data-matters, data-question, data-payee) come and go; hidden ones are not sent. */
  function relevance(form) {
    const parts = form.querySelectorAll("[data-matters], [data-question], [data-payee]");
    const show = () => {
      parts.forEach((part) => toggle(part, matters(form, part)));
      form.querySelectorAll("[data-empty]").forEach(sayEmpty);
    };
    form.addEventListener("change", show);
    addEventListener("pageshow", show);
    show();
  }

  function toggle(part, shown) {
    part.hidden = !shown;
    part.disabled = !shown;
  }

  function sayEmpty(words) {
    words.hidden = [...words.parentElement.querySelectorAll(".field")].some((one) => !one.closest("[hidden]"));
  }

  function matters(form, part) {
    const { matters, question, answers, payee } = part.dataset;
    if (matters && !values(form, "matters").some((one) => matters.split(" ").includes(one))) return false;
    if (question && !values(form, question).some((one) => answers.split(" ").includes(one))) return false;
    return !payee || values(form, "payee").includes(payee);
  }

  function values(form, name) {
    return [...form.querySelectorAll(":checked")].filter((one) => one.name === name).map((one) => one.value);
  }

  /* A second click while the first is under way sends nothing; coming back makes the buttons work again. */
  function sendOnce(form) {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
      setTimeout(() => buttons(form, true));
    });
    addEventListener("pageshow", () => {
      sent = false;
      buttons(form, false);
    });
  }

  function buttons(form, disabled) {
    form.querySelectorAll("button[type=submit]").forEach((button) => (button.disabled = disabled));
  }

  /* An ID number tells the sex and, with the day of death, the age: filled in where empty, free to be corrected. */
  function fromIdNumber(form) {
    form.addEventListener("change", (event) => {
      const who = event.target.name?.split(".")[0];
      const number = tidy(field(form, `${who}.id_number`)?.value);
      if (!/^\d{17}[\dX]$/.test(number)) return;
      suggestSex(form, who, number);
      if (who === "deceased") suggestAge(form, number);
    });
  }

  function suggestSex(form, who, number) {
    const choices = form.querySelectorAll(`[name="${who}.sex"]`);
    if ([...choices].some((one) => one.checked)) return;
    const sex = Number(number[16]) % 2 ? "male" : "female";
    choices.forEach((one) => (one.checked = one.value === sex));
  }

  function suggestAge(form, number) {
    const age = field(form, "deceased.age");
    const [year, month, day] = ["year", "month", "day"].map((part) => Number(tidy(field(form, `deceased.died_on.${part}`)?.value)));
    if (!age || age.value || !year || !month || !day) return;
    const birthday = month * 100 + day >= Number(number.slice(10, 14));
    const years = year - Number(number.slice(6, 10)) - (birthday ? 0 : 1);
    if (years >= 0 && years <= 130) age.value = years;
  }

  function field(form, name) {
    return form.querySelector(`[name="${name}"]`);
  }

  function tidy(text) {
    return (text || "").normalize("NFKC").replace(/[\s-]/g, "").toUpperCase();
  }

  function printing() {
    document.querySelectorAll("[data-print]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => print());
    });
  }
})();
