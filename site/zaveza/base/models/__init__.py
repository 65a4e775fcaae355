from .demo_content import DemoContent
from .pages import BasePage

__all__ = ["BasePage", "DemoContent"]
