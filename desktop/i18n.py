"""The language of the windows. Texts in the code are English; resources/translations has the Chinese.

The current language is the one that Qt's default locale names, so nothing of ours has to remember it.
"""

from importlib.resources import files

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

LANGUAGES = {"zh_CN": "中文", "en": "English"}
"""Code -> the language's own name, the first one being the default."""

_NAME = "appraisal desk translation"


def current_language() -> str:
    """A key of LANGUAGES."""
    return "zh_CN" if QLocale().language() == QLocale.Language.Chinese else "en"


def choose_language(app: QCoreApplication, language: str) -> None:
    """Install `language`, a key of LANGUAGES, for texts, dates and numbers; open widgets get LanguageChange.

    Raises KeyError for another language.
    """
    LANGUAGES[language]
    for old in app.findChildren(QTranslator, _NAME):
        app.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(QLocale("zh_CN" if language == "zh_CN" else "en_GB"))
    if language == "en":  # the texts in the code are English already
        return
    ours = str(files("resources") / "translations")
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{language}", qt), (f"appraisal_desk_{language}", ours)):
        translator = QTranslator(app)
        translator.setObjectName(_NAME)
        if translator.load(name, folder):
            app.installTranslator(translator)
