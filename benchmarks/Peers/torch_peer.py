"""Trains and scores the workloads with PyTorch: tensors in memory, a permutation per epoch, batches by index_select - the fastest of the usual
ways."""

import sys

try:
    import torch
except ImportError:
    sys.exit(0)

from common import Clock, serve


def network(spec):
    activation = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[spec["activation"]]
    layers = []
    for weights, bias in spec["weights"]:
        linear = torch.nn.Linear(weights.shape[1], weights.shape[0])
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(weights))
            linear.bias.copy_(torch.from_numpy(bias))
        layers += [linear, activation()]
    return torch.nn.Sequential(*layers[:-1])


def data(spec):
    x, y = torch.from_numpy(spec["x"]), torch.from_numpy(spec["y"])
    return (x, y, torch.nn.MSELoss()) if spec["regression"] else (x, y.long(), torch.nn.CrossEntropyLoss())


def train(spec):
    torch.manual_seed(1)
    x, y, loss = data(spec)
    model = network(spec)
    linear = [layer for layer in model if isinstance(layer, torch.nn.Linear)]
    # lambda sum W^2 has the gradient 2 lambda W, PyTorch's weight decay adds decay W.
    groups = [
        {"params": [layer.weight for layer in linear], "weight_decay": 2 * spec["l2"]},
        {"params": [layer.bias for layer in linear], "weight_decay": 0.0},
    ]
    kind = torch.optim.Adam if spec["optimizer"] == "adam" else torch.optim.SGD
    optimizer = kind(groups, lr=spec["learning_rate"])

    clock = Clock()
    for _ in range(spec["epochs"]):
        order = torch.randperm(len(x))
        for first in range(0, len(x), spec["batch"]):
            batch = order[first:first + spec["batch"]]
            optimizer.zero_grad(set_to_none=True)
            loss(model(x.index_select(0, batch)), y.index_select(0, batch)).backward()
            optimizer.step()
    seconds = clock.read()

    with torch.no_grad():
        return seconds, loss(model(x), y).item()


def score(spec, rows=None):
    """Probabilities of all rows in one call, or row by row; seconds of a row."""
    x, y, _ = data(spec)
    model = torch.nn.Sequential(*network(spec), torch.nn.Softmax(dim=1))
    with torch.inference_mode():
        clock = Clock()
        parts = [model(part) for part in x.split(rows or len(x))]
        seconds = clock.read()
        return seconds / len(x), torch.nn.functional.nll_loss(torch.cat(parts).log(), y).item()


serve(torch.__version__, train=train, score=score, score_rows=lambda spec: score(spec, 1))
