"""What both views and the form share: a file to add, and the names of runs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import streamlit as st
from markupsafe import Markup

from evaluation.ui.session import Do, EvaluationSession, KeptRun
from qa.locale.message import Message
from qa.locale.names import CAUTIONS
from qa.locale.translator import Translator
from qa.settings import WorkSettings
from qa.ui import frame, waiting
from qa.workers import Told

_MOST_PROBLEMS: Final = 200
_HERE = Path(__file__).parent
_STYLES = (_HERE.parent / "templates" / "figures.css", _HERE / "colours.css")


def upload(
    session: EvaluationSession,
    key: str,
    suffixes: Sequence[str],
    texts: tuple[str, str],
    take: Callable[[str, bytes, Do], object],
    settings: WorkSettings,
    tr: Translator,
) -> None:
    """A place to add a file, and what is wrong with it; `texts` are its label and its help."""
    label, help_text = texts
    file = st.file_uploader(
        label,
        [suffix.removeprefix(".") for suffix in suffixes],
        key=key,
        help=help_text,
    )
    if file is None:
        return
    stopped = (Message("stopped; add it again to read it"),)
    do = doing(
        "files",
        settings,
        lambda _told: tr("Reading and checking the questions…"),
        tr,
        name=key,
        on_stop=lambda: session.refuse(file.file_id, stopped),
    )
    problems = session.receive(file.file_id, lambda: take(file.name, file.getvalue(), do))
    if problems:
        show_problems(file.name, problems, tr)


def doing(
    kind: str,
    settings: WorkSettings,
    said: Callable[[Told], str],
    tr: Translator,
    *,
    name: str,
    on_stop: Callable[[], None] | None = None,
) -> Do:
    """Has work done by a worker process, with a bar in the page meanwhile."""

    def do(key: Hashable, function: Callable[..., Any], /, *arguments: object) -> Any:
        work = waiting.queue(kind, settings).work(key, function, *arguments)
        return waiting.outcome_of(work, said, tr, key=name, on_stop=on_stop)

    return do


def show_problems(name: str, problems: Sequence[Message], tr: Translator) -> None:
    """List what is wrong with a file."""
    shown = [problem.said(tr) for problem in problems[:_MOST_PROBLEMS]]
    if hidden := len(problems) - len(shown):
        shown.append(tr("More problems: {count}", count=hidden))
    listed = Markup("").join(Markup("<li>{}</li>").format(problem) for problem in shown)
    box = Markup('<div class="qa-problem qa-problems" role="alert"><p>{}</p><ul>{}</ul></div>')
    st.html(box.format(tr("{name} cannot be read:", name=name), listed))


def run_names(runs: Mapping[int, KeptRun], tr: Translator) -> dict[int, str]:
    """What runs are called: their number, question set and, where it is known, caution."""
    return {number: _run_name(run, tr) for number, run in runs.items()}


def _run_name(run: KeptRun, tr: Translator) -> str:
    caution = run.saved.settings.get("caution")
    if not caution:
        return f"{run.number}. {run.saved.name}"
    cautions: Mapping[str, str] = {name: tr(said) for name, said in CAUTIONS.items()}
    return tr(
        "{number}. {name} · caution {caution}",
        number=run.number,
        name=run.saved.name,
        caution=cautions.get(str(caution), str(caution)).lower(),
    )


def choose_run(
    label: str, names: Mapping[int, str], key: str, *, usual: int, help_text: str | None = None
) -> int:
    """A list of runs; one that is not there any more gives way to the usual one."""
    if st.session_state.get(key) not in names:
        st.session_state[key] = usual
    return st.selectbox(label, list(names), format_func=names.__getitem__, key=key, help=help_text)


def remove_button(session: EvaluationSession, number: int, key: str, tr: Translator) -> None:
    """A button that forgets a run of the session."""
    frame.button(
        tr("Remove run {number}", number=number),
        key,
        session.remove,
        number,
        icon="delete",
        kind="tertiary",
    )


def draw(key: str, content: str) -> None:
    """Draw the HTML of a report, apart from the styles of the page."""
    show = st.components.v2.component(
        "qa_figures",
        html='<div class="figures"></div>',
        css="".join(path.read_text(encoding="utf-8") for path in _STYLES),
        js=(_HERE / "report_component.js").read_text(encoding="utf-8"),
    )
    show(key=key, data=content)
