"""The frame that the pages stand in. How it is put together (desktop.gui does it):

    settings = settings_in(data_folder)
    register_fonts(); choose_language(app, language_in(settings)); apply_theme(app, scheme_in(settings))
    window = MainWindow([PageEntry("today", tr("Today"), "today", build_today), …], settings)
    window.scheme_chosen.connect(lambda value: apply_theme(app, Scheme(value)))
    window.language_chosen.connect(…)   # choose_language, then make the window anew, its titles and pages too
    hook = DefectHook(window.show_defect, window.show_fault); hook.install()
    window.start(); window.show(); window.show_status(DeskStatus(…))
    app.exec(); tasks.close(); hook.remove()

A page is any QWidget. It may also have commands() (for Ctrl+K), refresh() (it is seen again) and may_close()
(a draft is open).
"""
