// How far a job is, without loading the page again: the same page is asked for and its middle put in here.
"use strict";

{
  const now = document.getElementById("job-now");
  const said = document.getElementById("job-said");
  const lost = document.getElementById("job-lost");
  const AGAIN = 700, LATER = 3000;

  function ask() {
    const request = new XMLHttpRequest();
    request.open("GET", location.pathname);
    request.responseType = "document";
    request.timeout = 10000;
    request.onload = () => {
      const page = request.response;
      const next = page && page.getElementById("job-now");
      if (request.status !== 200 || !next) {
        location.reload();
        return;
      }
      now.replaceChildren(...[...next.childNodes].map((one) => document.importNode(one, true)));
      const stage = page.getElementById("job-said").textContent;
      if (stage !== said.textContent) said.textContent = stage;
      lost.textContent = "";
      setTimeout(ask, AGAIN);
    };
    request.onerror = request.ontimeout = () => {
      lost.textContent = "The app does not answer. What was sent is kept; its next start with --edit goes on.";
      setTimeout(ask, LATER);
    };
    request.send();
  }

  setTimeout(ask, AGAIN);
}
