"""`python -m scripts.local`: the whole service on this machine, until Ctrl-C."""

import argparse
import subprocess
import sys

from . import place
from .children import ChildError
from .place import Place
from .provision import ProvisionError
from .supervisor import StackError, emulator_python, run
from .template import TemplateError


def main() -> int:
    options = _options()
    here = place.from_arguments(options)
    if options.check:
        return _check(here)
    try:
        run(here, build=not options.no_build)
    except (StackError, ChildError, ProvisionError, TemplateError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.local", description="在本机运行整套服务，Ctrl-C 停止。")
    place.add_arguments(parser)
    parser.add_argument("--no-build", action="store_true", help="用已经生成的网站和目录；改动后也不重新生成")
    parser.add_argument("--check", action="store_true", help="只检查能否运行，不启动")
    return parser.parse_args()


def _check(here: Place) -> int:
    python = emulator_python()
    found = {
        f"模拟器 {python}": python.exists()
        and subprocess.run([python, "-c", "import ministack"], capture_output=True).returncode == 0,
        f"应用 {here.backend / 'app.py'}": (here.backend / "app.py").exists(),
        f"资源 {here.backend / 'resources.yaml'}": (here.backend / "resources.yaml").exists(),
        f"目录 {here.catalogue}": any(here.catalogue.glob("*.json")),
        f"网站 {here.site}": (here.site / "index.html").exists(),
    }
    for name, good in found.items():
        print(f"{'有' if good else '缺'}  {name}")
    return 0 if all(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
