from extract.document import Page, PageFrame, Word
from extract.pages.belief import FOREIGN, reason_for_ocr


def page_of(text: str) -> Page:
    frame = PageFrame(1, 595, 842, "text-layer", 0, None, None)
    return Page(frame, (Word(text, (0, 0, 100, 10), 10),), (), (), ())


def test_leader_dots_do_not_make_a_text_layer_foreign():
    assert reason_for_ocr(page_of("第１表　歳入歳出予算" + "·" * 80 + "12"), is_forced=False) is None


def test_letters_that_japanese_documents_do_not_hold_do():
    assert reason_for_ocr(page_of("ĸŀłŋœũųŵžƀ" * 4), is_forced=False) == FOREIGN
