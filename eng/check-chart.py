#!/usr/bin/env python3
"""Renders the Helm chart with its defaults and with everything switched on, and checks what comes out.

It knows the few template forms that the chart uses and fails on any other: {{ .Values.x }}, {{ .Release.Name }}, if, if not, end,
toYaml with nindent. It stands in for `helm lint` where helm is absent, and needs PyYAML.
"""
import copy
import pathlib
import re
import sys

import yaml

CHART = pathlib.Path(__file__).resolve().parent.parent / "deploy" / "helm" / "ditask"
TAG = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}")
RELEASE = "try"


def lookup(values, path):
    node = values
    for part in path.removeprefix(".Values.").split("."):
        if part not in node:
            raise SystemExit(f"{path}: values.yaml has no '{part}'")
        node = node[part]
    return node


def replace(values, expression):
    if expression == ".Release.Name":
        return RELEASE
    block = re.fullmatch(r"toYaml (\.Values\.\S+) \| nindent (\d+)", expression)
    if block:
        indent = " " * int(block[2])
        return "\n".join(indent + line for line in yaml.safe_dump(lookup(values, block[1])).splitlines())
    if re.fullmatch(r"\.Values(\.\w+)+", expression):
        return str(lookup(values, expression))
    raise SystemExit(f"'{{{{ {expression} }}}}' is not a form that this script knows")


def render(text, values):
    lines, conditions = [], []
    for line in text.splitlines():
        tag = TAG.search(line)
        condition = tag and re.fullmatch(r"if (not )?(\.Values\.\S+)", tag[1])
        if condition:
            conditions.append(bool(lookup(values, condition[2])) != bool(condition[1]))
        elif tag and tag[1] == "end":
            conditions.pop()
        elif all(conditions) and tag and tag[1].startswith("toYaml"):
            lines.append(replace(values, tag[1]))
        elif all(conditions):
            lines.append(TAG.sub(lambda found: replace(values, found[1]), line))
    if conditions:
        raise SystemExit("an 'if' has no 'end'")
    return "\n".join(lines)


def check(name, document, labels):
    for member in ("apiVersion", "kind", "metadata"):
        if member not in document:
            raise SystemExit(f"{name}: no '{member}'")
    if document["metadata"]["name"] != RELEASE:
        raise SystemExit(f"{name}: expected the release's name; found {document['metadata']['name']}")
    spec = document.get("spec", {})
    selector = spec.get("selector") or spec.get("podSelector")
    if selector and selector.get("matchLabels", selector) != labels:
        raise SystemExit(f"{name}: expected to select {labels}; found {selector}")
    if document["kind"] == "Deployment":
        container = spec["template"]["spec"]["containers"][0]
        mounts = {mount["name"] for mount in container["volumeMounts"]}
        volumes = {volume["name"] for volume in spec["template"]["spec"]["volumes"]}
        if mounts != volumes or spec["template"]["metadata"]["labels"] != labels:
            raise SystemExit(f"{name}: mounts {mounts}, volumes {volumes}, labels {spec['template']['metadata']['labels']}")
    if document["kind"] == "ConfigMap" and not all(isinstance(value, str) for value in document["data"].values()):
        raise SystemExit(f"{name}: every value of a ConfigMap is text; found {document['data']}")


def main():
    defaults = yaml.safe_load((CHART / "values.yaml").read_text())
    everything = copy.deepcopy(defaults)
    everything["model"]["claim"] = "models"
    for feature in ("autoscaling", "disruptionBudget", "networkPolicy", "serviceMonitor"):
        everything[feature]["enabled"] = True
    labels = {"app.kubernetes.io/name": "ditask", "app.kubernetes.io/instance": RELEASE}
    for title, values in (("defaults", defaults), ("everything on", everything)):
        kinds = []
        for path in sorted((CHART / "templates").glob("*.yaml")):
            document = yaml.safe_load(render(path.read_text(), values))
            if document:
                check(path.name, document, labels)
                kinds.append(document["kind"])
        print(f"{title}: {', '.join(kinds)}")


if __name__ == "__main__":
    sys.exit(main())
