"""The index page of the mails: a list at one side, the chosen mail at the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from jinja2 import Environment

from examples.demonstration.archive import KeptMail

_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Verwijsindex: the mails that left</title>
<style>
  :root { color-scheme: light dark; --line: #8884; --soft: #8882; }
  * { box-sizing: border-box; }
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; display: grid; min-height: 100vh;
         grid-template-columns: minmax(18rem, 26rem) 1fr; }
  nav { border-right: 1px solid var(--line); overflow-y: auto; height: 100vh; padding: 1rem; }
  h1 { font-size: 1.1rem; margin: 0 0 .25rem; }
  p { margin: 0 0 1rem; opacity: .75; font-size: .9rem; }
  ol { list-style: none; margin: 0; padding: 0; }
  li { border-top: 1px solid var(--line); padding: .6rem .25rem; }
  li:target, li:hover { background: var(--soft); }
  a { color: inherit; text-decoration: none; display: block; }
  a:focus-visible { outline: 2px solid; outline-offset: 2px; }
  small { opacity: .7; }
  small a { display: inline; text-decoration: underline; }
  main { display: flex; justify-content: center; background: var(--soft); }
  iframe { border: 0; width: min(100%, 42rem); height: 100vh; background: #fff; }
  @media (max-width: 52rem) { body { grid-template-columns: 1fr; } nav { height: auto; }
    iframe { width: 100%; } }
</style>
<nav>
  <h1>The mails that left</h1>
  <p>{{ mails | length }} mails, oldest first. Nobody got them: they are in this machine's mailbox only.</p>
  <ol>
  {%- for mail in mails %}
    <li><a href="{{ mail.name }}.html" target="mail"><strong>{{ mail.to }}</strong><br>{{ mail.subject }}</a>
      <small>{{ times[mail.name] }} · <a href="{{ mail.name }}.txt" target="mail">text</a>
        · <a href="{{ mail.name }}.eml">source</a></small></li>
  {%- endfor %}
  </ol>
</nav>
<main><iframe name="mail" title="The chosen mail"
  {%- if mails %} src="{{ mails[0].name }}.html"{% endif %}></iframe></main>
</html>
"""


def write_index(path: Path, mails: Sequence[KeptMail]) -> None:
    """Write the page beside the mails."""
    times = {mail.name: datetime.fromtimestamp(mail.sent_at, UTC).strftime("%H:%M:%S UTC") for mail in mails}
    page = Environment(autoescape=True).from_string(_PAGE)
    path.write_text(page.render(mails=mails, times=times), encoding="utf-8")
