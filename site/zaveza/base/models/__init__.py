from .demo_content import DemoContent
from .pages import BasePage
from .tick_runs import TickRun

__all__ = ["BasePage", "DemoContent", "TickRun"]
