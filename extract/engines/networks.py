"""What runs the recogniser network: onnxruntime, and OpenVINO before it where somebody installed that.

Measured on two cores with AVX-512: in single precision both take the same time and answer alike. In bfloat16, which OpenVINO chooses
by itself where the processor has it, it takes half of the time, and a doubtful character may come out otherwise.
"""

from __future__ import annotations

import queue
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from extract.engines.base import EngineFailure
from extract.engines.output_layer import damaged
from extract.errors import DependencyMissing

Tensor = NDArray[np.float32]


class Network(Protocol):
    """A loaded network; several threads may run it at once."""

    def run(self, tensor: Tensor) -> Tensor:
        """Give the output for lines x 3 x height x width: lines x steps x columns. Raises EngineFailure."""
        ...


class _OnnxRuntime:
    def __init__(self, session: Any) -> None:
        self._session = session
        self._input = session.get_inputs()[0].name

    def run(self, tensor: Tensor) -> Tensor:
        try:
            output: Tensor = self._session.run(None, {self._input: tensor})[0]
        except _failures() as error:
            raise EngineFailure(str(error)) from error
        return output


@cache
def _failures() -> tuple[type[Exception], ...]:
    """Give what onnxruntime raises: classes of its own, with none above them but Exception; KeyError for a model without names."""
    from onnxruntime.capi import onnxruntime_pybind11_state  # noqa: PLC0415 - as below

    own = vars(onnxruntime_pybind11_state).values()
    return (
        RuntimeError,
        KeyError,
        *(one for one in own if isinstance(one, type) and issubclass(one, Exception)),
    )


def load_exact(model: bytes, name: str) -> Network:
    """Load a network in single precision, by onnxruntime. Raises DependencyMissing where the file of that name is damaged."""
    import onnxruntime  # noqa: PLC0415 - 0.2 s that documents with a text layer need not wait for

    options = onnxruntime.SessionOptions()
    # One thread a line: the network is too small to be shared out.
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except _failures() as error:
        raise damaged(name, error) from error
    return _OnnxRuntime(session)


class _OpenVino:
    """Each thread takes a request of its own and gives it back: one request runs one batch at a time."""

    def __init__(self, compiled: Any, threads: int) -> None:
        self._free: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for _ in range(threads):
            self._free.put(compiled.create_infer_request())

    def run(self, tensor: Tensor) -> Tensor:
        request = self._free.get()
        try:
            output: Tensor = request.infer({0: tensor}, share_inputs=True)[0]
        except RuntimeError as error:
            raise EngineFailure(str(error)) from error
        finally:
            self._free.put(request)
        return output


def load_fast(model: bytes, *, threads: int) -> Network:
    """Load the network as this processor runs it fastest, by OpenVINO, for so many threads; raises DependencyMissing."""
    try:
        import openvino  # noqa: PLC0415 - likewise

        network = openvino.Core().read_model(model)
        settings = {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": threads}
        compiled = openvino.compile_model(network, "CPU", settings)
    except (ImportError, RuntimeError) as error:
        raise DependencyMissing(
            name=f"openvino ({' '.join(str(error).split())[:200]})",
            remedy_ja="pip install --force-reinstall openvino を実行するか、pip uninstall openvino で外してください。",
            remedy_en="Run pip install --force-reinstall openvino, or remove it with pip uninstall openvino.",
        ) from error
    return _OpenVino(compiled, threads)
