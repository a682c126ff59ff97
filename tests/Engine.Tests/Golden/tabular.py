"""Writes tabular.json: values, losses, gradients and trainings of RealMLP and TabM, computed by PyTorch in double from the
papers' formulas alone. Needs Debian's python3-torch (1.13): /usr/bin/python3 tabular.py > tabular.json"""
import json
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.double)
torch.manual_seed(7)
PI = math.pi


def normal(*shape, scale=1.0):
    return scale * torch.randn(*shape)


def mish(x):
    return x * torch.tanh(F.softplus(x, threshold=800))


# The layers. Rows of members stand member by member, (k * batch) x width.

def linear(x, w, b):
    return x @ w.T / math.sqrt(x.shape[1]) + b


def scale(x, r, b=None, copies=False):
    k = r.shape[0]
    x = x.unsqueeze(0).expand(k, -1, -1) if copies else x.reshape(k, -1, x.shape[1])
    y = r.unsqueeze(1) * x
    return (y if b is None else y + b.unsqueeze(1)).reshape(-1, x.shape[2])


def heads(x, w, b):
    k = b.shape[0]
    return (torch.einsum("kbi,koi->kbo", x.reshape(k, -1, x.shape[1]), w.reshape(k, -1, w.shape[1])) + b.unsqueeze(1)).reshape(x.shape[0], -1)


def periodic(x, frequencies, phases, weights, bias):
    waves = torch.cos(2 * PI * frequencies * x.unsqueeze(2) + phases)
    n, d = bias.shape
    return (torch.einsum("bcm,com->bco", waves, weights.reshape(n, d, -1)) + bias).reshape(x.shape[0], -1)


def piecewise(x, edges, slopes, bias, pieces):
    parts, first, embedded = [], 0, 0
    for c, own in enumerate(edges):
        if not own:
            parts.append(x[:, c:c + 1])
            continue
        e = torch.tensor(own)
        code = (x[:, c:c + 1] - e[:-1]) / (e[1:] - e[:-1])
        low = torch.tensor([-math.inf] + [0.0] * (len(own) - 2))
        high = torch.tensor([1.0] * (len(own) - 2) + [math.inf])
        code = torch.minimum(torch.maximum(code, low), high)
        v = pieces[first:first + len(own) - 1]
        parts.append(slopes[embedded] * x[:, c:c + 1] + bias[embedded] + code @ v)
        first, embedded = first + len(own) - 1, embedded + 1
    return torch.cat(parts, 1)


def parametric(x, f, a):
    return x + a * (f(x) - x)


def lookup(table, ids, counts):
    first, parts = 0, []
    for c, count in enumerate(counts):
        parts.append(table[first + ids[:, c]])
        first += count
    return torch.cat(parts, 1)


def realmlp(p, x, ids, counts, f, layers):
    parts = [periodic(x, p["frequencies"], p["phases"], p["waves"], p["offsets"]), x]
    if counts:
        parts.append(lookup(p["E"], ids, counts))
    y = p["scale"] * torch.cat(parts, 1)
    for i in range(1, layers + 1):
        y = parametric(linear(y, p[f"W{i}"], p[f"b{i}"]), f, p[f"a{i}"])
    return linear(y, p[f"W{layers + 1}"], p[f"b{layers + 1}"])


def tabm(p, x, ids, counts, edges, layers, full):
    y = piecewise(x, edges, p["slopes"], p["offsets"], p["pieces"]) if edges else x
    if counts:
        y = torch.cat([y, lookup(p["E"], ids, counts)], 1)
    y = scale(y, p["r0"], copies=True)
    for i in range(1, layers + 1):
        if full:
            y = y if i == 1 else scale(y, p[f"r{i - 1}"])
            y = scale(y @ p[f"W{i}"].T, p[f"s{i}"], p[f"b{i}"])
        else:
            y = y @ p[f"W{i}"].T + p[f"b{i}"]
        y = torch.relu(y)
    return heads(y, p["heads"], p["head biases"])


def mean_loss(scores, targets, kind, members):
    if kind == "softmax":
        return F.cross_entropy(scores, targets.repeat(members))
    if kind == "binary":
        return F.binary_cross_entropy_with_logits(scores[:, 0], targets.double().repeat(members))
    return F.mse_loss(scores[:, 0], targets.repeat(members))


# What is written.

def node(inputs, f, constants=None):
    leaves = [t.requires_grad_() for t in inputs.values()]
    value = f(*leaves)
    upstream = torch.randn_like(value)
    gradients = torch.autograd.grad(value, leaves, upstream)
    return {"inputs": {n: t.detach().tolist() for n, t in inputs.items()}, **(constants or {}), "upstream": upstream.tolist(),
            "value": value.tolist(), "gradients": [g.tolist() for g in gradients]}


EDGES = [[-1.0, -0.25, 0.5, 2.0], [], [0.0, 1.0], [-2.0, 0.0, 0.1]]


def nodes():
    columns = torch.tensor([[-3.0, 0.3, -0.5, 0.05], [-0.2, -1.0, 0.02, 0.01], [0.1, 2.0, 0.7, 4.0], [0.6, 0.0, 0.9, -1.0], [5.0, 1.0, 2.0, -9.0]])
    extreme = torch.tensor([[-1000.0, -700, -100, -40, -20, -1.192, -1e-9, 0, 1e-300, 1e-9, 1, 20, 40, 100, 700, 1000]])
    return {
        "mish_ordinary": node({"x": normal(3, 9)}, mish),
        "mish_extreme": node({"x": extreme.clone()}, mish),
        "linear_scaled": node({"x": normal(5, 4), "W": normal(3, 4), "b": normal(1, 3)}, linear),
        "scale": node({"x": normal(5, 4), "r": normal(1, 4)}, lambda x, r: scale(x, r)),
        "scale_copies": node({"x": normal(5, 4), "r": normal(3, 4), "b": normal(3, 4)}, lambda x, r, b: scale(x, r, b, copies=True)),
        "scale_members": node({"x": normal(6, 4), "q": normal(3, 4), "r": normal(3, 4)},
                              lambda x, q, r: scale(scale(x, q, copies=True), r)),
        "member_linear": node({"x": normal(2, 4), "r": normal(3, 4), "W": normal(6, 4), "b": normal(3, 2)},
                              lambda x, r, w, b: heads(scale(x, r, copies=True), w, b)),
        "periodic": node({"x": normal(5, 3), "w": normal(3, 4), "p": normal(3, 4), "W": normal(6, 4), "b": normal(3, 2)}, periodic),
        "piecewise": node({"x": columns, "w": normal(3, 2), "b": normal(3, 2), "V": normal(6, 2)},
                          lambda x, w, b, v: piecewise(x, EDGES, w, b, v), {"edges": EDGES}),
        "parametric": node({"x": normal(5, 4), "a": normal(1, 4)}, lambda x, a: parametric(x, F.selu, a)),
    }


def adam(parameters, groups, gradients, state, step, rate, decay, decay_schedule, betas):
    """AdamW; groups give the factors (of the rate, of the decay)."""
    for name, p in parameters.items():
        f_rate, f_decay = groups(name)
        m, v = state.setdefault(name, [torch.zeros_like(p), torch.zeros_like(p)])
        m.mul_(betas[0]).add_((1 - betas[0]) * gradients[name])
        v.mul_(betas[1]).add_((1 - betas[1]) * gradients[name] ** 2)
        with torch.no_grad():
            p.mul_(1 - rate * f_rate * decay * decay_schedule * f_decay)
            p.sub_(rate * f_rate * (m / (1 - betas[0] ** step)) / (torch.sqrt(v / (1 - betas[1] ** step)) + 1e-8))


def network(parameters, forward, targets, kind, members, train, x, ids):
    for p in parameters.values():
        p.requires_grad_()
    initial = {n: p.detach().tolist() for n, p in parameters.items()}

    def step():
        loss = mean_loss(forward(parameters), targets, kind, members)
        return loss, dict(zip(parameters, torch.autograd.grad(loss, parameters.values())))

    scores = forward(parameters)
    loss, gradients = step()
    outputs = torch.softmax(scores, 1) if kind == "softmax" else torch.sigmoid(scores) if kind == "binary" else scores
    result = {"x": x.tolist(), "ids": None if ids is None else ids.tolist(), "targets": targets.tolist(), "parameters": initial,
              "scores": scores.tolist(), "loss": loss.item(), "gradients": {n: g.tolist() for n, g in gradients.items()},
              "prediction": outputs.reshape(members, x.shape[0], -1).mean(0).tolist()}
    losses, state = [], {}
    for t in range(8):
        loss, gradients = step()
        losses.append(loss.item())
        train(parameters, gradients, state, t, 8)
    result["training"] = {"losses": losses, "parameters": {n: p.detach().tolist() for n, p in parameters.items()}}
    return result


def realmlp_step(rate, head, is_difference):
    def groups(name):
        if is_difference and name[1:] == head:  # one output in the place of the difference of two
            return (2, 0.5) if name[0] == "W" else (0.2, 0)
        if name == "scale":
            return 6, 6
        if name in ("frequencies", "phases", "waves", "offsets") or name[0] == "a":
            return 0.1, 0.1
        return (0.1, 0) if name[0] == "b" else (1, 1)

    def train(parameters, gradients, state, t, total):
        p = t / total
        cosines = 0.5 * (1 - math.cos(2 * PI * math.log2(1 + 15 * p)))
        flat = 1 if p <= 0.5 else 0.5 * (1 + math.cos(PI * (2 * p - 1)))
        adam(parameters, groups, gradients, state, t + 1, rate * cosines, 0.02, flat, (0.9, 0.95))
    return train


def tabm_step(parameters, gradients, state, t, total):
    norm = math.sqrt(sum((g ** 2).sum().item() for g in gradients.values()))
    factor = min(1, 1 / (norm + 1e-6))
    gradients = {n: factor * g for n, g in gradients.items()}
    adam(parameters, lambda n: (1, 0 if n in ("slopes", "offsets", "head biases") or n[0] == "b" else 1), gradients, state, t + 1, 2e-3, 3e-4, 1, (0.9, 0.999))


def realmlp_case(kind, outputs, counts, f):
    n, inputs, hidden = 7, 4, [6, 5]
    x = normal(n, inputs)
    ids = torch.stack([torch.randint(c, (n,)) for c in counts], 1) if counts else None
    width = inputs * 4 + 2 * len(counts)
    p = {"frequencies": normal(inputs, 5), "phases": normal(inputs, 5), "waves": normal(3 * inputs, 5), "offsets": normal(inputs, 3)}
    if counts:
        p["E"] = normal(sum(counts), 2)
    p["scale"] = 1 + normal(1, width, scale=0.1)
    for i, (rows, columns) in enumerate(zip(hidden + [outputs], [width] + hidden), 1):
        p[f"W{i}"], p[f"b{i}"] = normal(rows, columns), normal(1, rows)
        if i <= len(hidden):
            p[f"a{i}"] = 1 + normal(1, rows, scale=0.3)
    targets = normal(n) if kind == "squared" else torch.randint(max(2, outputs), (n,))
    return network(p, lambda q: realmlp(q, x, ids, counts, f, len(hidden)), targets, kind, 1,
                   realmlp_step(0.2 if kind == "squared" else 0.04, str(len(hidden) + 1), kind == "binary"), x, ids)


def tabm_case(kind, outputs, counts, full, edges):
    n, inputs, hidden, k = 7, 4, [6, 5], 3
    x = normal(n, inputs)
    ids = torch.stack([torch.randint(c, (n,)) for c in counts], 1) if counts else None
    embedded = [e for e in edges if e]
    width = (inputs - len(embedded)) + 2 * len(embedded) + 2 * len(counts)
    p = {"slopes": normal(len(embedded), 2), "offsets": normal(len(embedded), 2), "pieces": normal(sum(len(e) - 1 for e in embedded), 2)} if edges else {}
    if counts:
        p["E"] = normal(sum(counts), 2)
    p["r0"] = normal(k, width)
    for i, (rows, columns) in enumerate(zip(hidden, [width] + hidden), 1):
        if full and i > 1:
            p[f"r{i - 1}"] = 1 + normal(k, columns, scale=0.3)
        p[f"W{i}"] = normal(rows, columns)
        if full:
            p[f"s{i}"] = 1 + normal(k, rows, scale=0.3)
        p[f"b{i}"] = normal(k if full else 1, rows)
    p["heads"], p["head biases"] = normal(k * outputs, hidden[-1]), normal(k, outputs)
    targets = normal(n) if kind == "squared" else torch.randint(max(2, outputs), (n,))
    result = network(p, lambda q: tabm(q, x, ids, counts, edges, len(hidden), full), targets, kind, k, tabm_step, x, ids)
    result["edges"] = edges
    return result


print(json.dumps({
    "nodes": nodes(),
    "realmlp_softmax": realmlp_case("softmax", 3, [3, 4], F.selu),
    "realmlp_binary": realmlp_case("binary", 1, [], F.selu),
    "realmlp_squared": realmlp_case("squared", 1, [], mish),
    "tabm_mini_softmax": tabm_case("softmax", 3, [3, 4], False, EDGES),
    "tabm_full_binary": tabm_case("binary", 1, [], True, []),
    "tabm_full_squared": tabm_case("squared", 1, [2], True, EDGES),
}, separators=(",", ":")))
