"""The output layer without what no Japanese document holds: the same probabilities, in fewer columns."""

from __future__ import annotations

import numpy as np
import onnx
import pytest

from extract.engines.ctc import is_japanese
from extract.engines.networks import load_exact
from extract.engines.output_layer import load_model
from extract.engines.rapidocr_model import find_model

CHARACTERS = ["件", "济", "∂", "件数"]


def saved(path, last="Softmax"):
    """Save a network that gives a weighted sum of three values for each of five columns and the blank."""
    rng = np.random.default_rng(7)
    weights = rng.normal(size=(3, 6)).astype(np.float32)
    bias = rng.normal(size=6).astype(np.float32)
    nodes = [
        onnx.helper.make_node("MatMul", ["x", "w"], ["product"]),
        onnx.helper.make_node("Add", ["product", "b"], ["sum"]),
        onnx.helper.make_node("Identity", ["sum"], ["same"]),
        onnx.helper.make_node(last, ["same"], ["y"]),
    ]
    floats = onnx.TensorProto.FLOAT
    graph = onnx.helper.make_graph(
        nodes,
        "recogniser",
        [onnx.helper.make_tensor_value_info("x", floats, [1, 2, 3])],
        [onnx.helper.make_tensor_value_info("y", floats, [1, 2, 6])],
        [onnx.numpy_helper.from_array(weights, "w"), onnx.numpy_helper.from_array(bias, "b")],
    )
    model = onnx.helper.make_model(
        graph, opset_imports=[onnx.helper.make_operatorsetid("", 13)], ir_version=8
    )
    entry = model.metadata_props.add()
    entry.key, entry.value = "character", "\n".join(CHARACTERS)
    onnx.save(model, str(path))
    return path


def test_chinese_forms_have_no_column_and_the_others_the_probabilities_that_are_left(tmp_path):
    path = saved(tmp_path / "rec.onnx")
    content, characters = load_model(path, is_japanese)
    assert characters == ["件", "∂", "件数", " "]
    tensor = np.random.default_rng(3).normal(size=(1, 2, 3)).astype(np.float32)
    whole = load_exact(path.read_bytes(), path.name).run(tensor)[..., [0, 1, 3, 4, 5]]
    np.testing.assert_allclose(
        load_exact(content, path.name).run(tensor), whole / whole.sum(axis=2, keepdims=True), rtol=1e-5
    )


def test_a_sign_that_no_japanese_document_holds_keeps_its_column():
    assert not is_japanese("☎")
    assert "☎" in load_model(find_model(), is_japanese).characters


@pytest.mark.parametrize("last", ["Relu", "Sigmoid"])
def test_a_network_of_another_form_stays_whole(tmp_path, last):
    path = saved(tmp_path / "rec.onnx", last)
    assert load_model(path, is_japanese) == (path.read_bytes(), [*CHARACTERS, " "])


def test_the_recogniser_has_the_known_form():
    model = find_model()
    content, characters = load_model(model, is_japanese)
    assert len(content) < model.stat().st_size
    assert not {"济", "这"} & set(characters)
