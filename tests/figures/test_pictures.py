"""Every figure there is: it can be drawn, is possible and says what it shows; left is the mirror image of right."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from assess.figures.camera import VIEWS, Camera
from assess.figures.check import faults
from assess.figures.draw import pictures
from assess.figures.flesh import SKIN
from assess.figures.load import Figures, figures_of, read_figures
from assess.figures.overlays import MUSCLE
from assess.figures.sheet import sheet
from assess.figures.things import FILLS
from assess.model.knowledge import KnowledgeBase

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def figures(knowledge: KnowledgeBase) -> Figures:
    return figures_of(knowledge)


def test_every_picture_is_svg_with_a_title_and_nothing_that_runs_or_is_fetched(figures: Figures) -> None:
    for item, figure in figures.by_id.items():
        for side in ("", "left", "right"):
            shown = figures.pictures(item, side)
            assert len(shown) == len(figure.frames)
            for picture in shown:
                root = ET.fromstring(picture.svg)
                assert root.attrib["role"] == "img"
                assert (root.findtext(f"{SVG}title") or "").startswith(f"{figures.titles[item]}: {picture.says}")
                assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {"svg", "title", "desc", "path", "g", "circle"}
                told = root.findtext(f"{SVG}desc") or ""
                assert (figures.texts[item] if picture is shown[0] else "") == told
                assert "href" not in picture.svg
                assert 30 < picture.width < 700
                assert 30 < picture.height < 500


def test_the_same_figure_gives_the_same_bytes(figures: Figures) -> None:
    item = next(iter(figures.by_id))
    assert figures.pictures(item, "left") == figures.pictures(item, "left")


def test_left_is_the_mirror_image_of_right(figures: Figures) -> None:
    """The same parts, seen in the same window turned round; only what is drawn changes sides."""
    for item in figures.by_id:
        left, right = figures.pictures(item, "left"), figures.pictures(item, "right")
        assert [(p.says, p.width, p.height) for p in left] == [(p.says, p.width, p.height) for p in right]
        for one, other in zip(left, right, strict=True):
            (l1, t1, w1, h1), (l2, t2, w2, h2) = (
                map(float, re.findall(r'viewBox="(.*?)"', p.svg)[0].split()) for p in (one, other)
            )
            assert (l1 + w1, t1, w1, h1) == pytest.approx((-l2, t2, w2, h2), abs=1.01)
            assert re.findall(r'fill="(.*?)"', one.svg) == re.findall(r'fill="(.*?)"', other.svg)


@pytest.mark.parametrize("view", VIEWS)
def test_a_mirrored_camera_sees_right_where_left_was(view: str) -> None:
    point = (0.3, -0.2, 0.9)
    x, y = Camera.of(view).place(point)
    assert Camera.of(view, mirrored=True).place(point) == (-x, y)


def test_from_the_front_the_right_arm_is_on_our_left_and_from_the_back_on_our_right() -> None:
    right = (0.0, -0.2, 0.8)
    assert Camera.of("front").place(right)[0] < 0 < Camera.of("back").place(right)[0]


def test_no_picture_is_impossible(figures: Figures) -> None:
    wrong = [
        f"{i} {n}: {f}" for i, fig in figures.by_id.items() for n, fr in enumerate(fig.frames, 1) for f in faults(fr)
    ]
    assert wrong == []


def test_captions_are_short_plain_and_not_stamped(figures: Figures) -> None:
    """Nobody reads "Start" and "End" on two hundred pictures."""
    said = [frame.says for figure in figures.by_id.values() for frame in figure.frames]
    assert max(map(len, said)) <= 40
    often = {s for s in said if said.count(s) > 6}
    assert often == set()
    words = {w for s in said for w in re.findall(r"[a-z]+", s.lower())}
    assert (
        words & {"pnf", "prone", "supine", "isometric", "contract", "abnormal", "weak", "failed", "dysfunction"}
        == set()
    )


def test_a_hand_by_itself_has_fingers_and_a_dot_on_each_place(figures: Figures) -> None:
    """A thumb on our left, as one sees the back of the own right hand; nothing of the rest of the body."""
    hand, frame = figures.atlas.parts["hand-open"], figures.by_id["press-back-of-hand"].frames[1]
    assert frame.part is not None
    drawn = figures.pictures("press-back-of-hand", "")[1]
    root = ET.fromstring(drawn.svg)
    rings = [c for c in root.iter(f"{SVG}circle") if c.attrib["fill"] == "#fff"]
    wanted = [hand["places"][dot] for dot in frame.part.dots]
    assert [(float(c.attrib["cx"]), -float(c.attrib["cy"])) for c in rings] == [(x, y) for x, y in wanted]
    assert len({p.attrib["fill"] for p in root.iter(f"{SVG}path")}) == 2  # skin and line
    thumb = hand["shapes"][1][-1][0]
    assert min(x for strip in hand["shapes"] for x, _, _ in strip) == pytest.approx(thumb, abs=1)
    mirrored = ET.fromstring(figures.pictures("press-back-of-hand", "left")[1].svg)
    assert [-float(c.attrib["cx"]) for c in mirrored.iter(f"{SVG}circle") if c.attrib["fill"] == "#fff"] == [
        x for x, _ in wanted
    ]


def test_what_is_not_to_be_done_is_crossed_out(figures: Figures) -> None:
    first, *others = figures.pictures("unload-briefly", "")
    crosses = [p.svg.count(f'stroke="{MUSCLE}" stroke-width="8"') for p in (first, *others)]
    assert crosses == [1, 0, 0]


def test_the_sheet_shows_all_or_some_with_or_without_names(knowledge: KnowledgeBase, figures: Figures) -> None:
    item = knowledge.exercises[next(i for i in figures.by_id if i in knowledge.exercises)]
    whole, one = sheet(knowledge, figures), sheet(knowledge, figures, [item.id])
    assert whole.count("<figure>") == len(figures.by_id)
    assert one.count("<figure>") == 1
    assert item.title in one
    blind = sheet(knowledge, figures, [item.id], named=False)
    assert item.title not in blind
    assert not any(step in blind for step in item.steps)
    assert ">1</figcaption>" in blind


def test_the_map_of_the_body_shows_where_it_hurts_and_each_muscle_on_its_side(figures: Figures) -> None:
    front, back = figures.body_map("lower-back", [("hamstrings", "left"), ("quadriceps", "both")], "Map")
    assert (front.says, back.says) == ("From the front", "From the back")
    assert front.svg.count(MUSCLE) == 4  # two thighs, each a strip of two pieces
    assert back.svg.count(MUSCLE) == 2  # one thigh
    assert (front.svg.count("<circle"), back.svg.count("<circle")) == (0, 2)
    [path] = [p for p in ET.fromstring(back.svg).iter(f"{SVG}path") if p.attrib.get("fill") == MUSCLE][:1]
    assert float(re.findall(r"M(-?[\d.]+)", path.attrib["d"])[0]) < 0  # from behind, the left leg is on our left
    assert figures.body_map("nowhere", [], "Map") == []


def seen(figures: Figures, text: str) -> str:
    """The one picture of a figure, drawn."""
    figure = figures.atlas.figure({"id": "x", "view": "front", **yaml.safe_load(text)})
    [shown] = pictures(figures.atlas, figure, "X")
    return shown.svg


def test_fingers_white_of_eyes_and_a_mirror_are_drawn_where_they_are_asked_for(figures: Figures) -> None:
    plain = seen(figures, "{pose: standing, frames: [{says: x}]}")
    for asked, drawn in (
        ("eyes: {up: 30}", 'fill="#fff"'),
        ("things: {mirror: {at: {room: [-30, 0, 90]}, size: [1, 40, 60]}}", f'fill="{FILLS["mirror"]}"'),
        ("this-fingers: 0", f'fill="{SKIN}"'),
    ):
        more = seen(figures, f"{{pose: {{like: standing, {asked}}}, frames: [{{says: x}}]}}")
        assert more.count(drawn) > plain.count(drawn), asked
    fist, hand = (seen(figures, f"{{pose: {{fingers: {n}}}, frames: [{{says: x}}]}}") for n in (85, 0))
    assert fist != hand


# -- what is wrong with files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "id: bridge\nview: sideways\npose: standing\nframes: [{says: x}]\n",
            "2:7: error[unknown-word] 'sideways' is not one of: ",
        ),
        (
            "id: bridge\nview: side\npose: standng\nframes: [{says: x}]\n",
            "3:7: error[unknown-pose] there is no pose 'standng'",
        ),
        (
            "id: bridge\nview: side\npose: {like: standing, reach: {this-hand: {to: this-kne}}}\nframes: [{says: x}]\n",
            "3:48: error[unknown-spot] there is no spot 'kne'",
        ),
        (
            "id: bridge\nview: side\npose: {like: standing, things: {sofa: true}}\nframes: [{says: x}]\n",
            "4:10: error[unknown-thing] there is no thing 'sofa'",
        ),
        (
            "id: bridge\nview: side\npose: standing\nframes: [{says: x, fixed: this-leg}]\n",
            "4:27: error[unknown-part] there is no part 'this-leg'",
        ),
        (
            "id: bridge\nview: side\npose: {like: standing, things: {pillow: true}}\nframes: [{says: x}]\n",
            "4:10: error[missing-place] a pillow needs its `at`",
        ),
        (
            "id: bridge\nview: side\npose: standing\nframes: [{says: x, arrows: [{push: chin, toward: nose.ahead}]}]\n",
            "4:50: error[unknown-part] there is no part 'nose'",
        ),
        (
            "id: bridge\nview: side\npose: standing\nframes: [{says: x, arrows: [{push: shin, toward: up}]}]\n",
            "4:36: error[unknown-spot] there are two of the spot 'shin'",
        ),
        (
            "id: bridge\nview: side\npose: standing\nframes: [{says: x, part: {as: hand-opn}}]\n",
            "4:31: error[unknown-part] there is no part 'hand-opn'",
        ),
        (
            "id: bridge\nview: side\npose: standing\nframes: [{says: x, part: {as: hand-open, dots: [fold]}}]\n",
            "4:49: error[unknown-place] there is no place 'fold' on it",
        ),
        ("id: brigde\nview: side\npose: standing\nframes: [{says: x}]\n", "1:5: error[id-is-not-file-name] "),
        ("id: bridge\nview: [side\n", "error[not-yaml] "),
    ],
)
def test_what_is_wrong_is_told_at_its_place_and_only_that_figure_is_missing(
    text: str, said: str, tmp_path: Path, knowledge: KnowledgeBase, figures: Figures
) -> None:
    import shutil

    real = Path(__file__).resolve().parents[2] / "knowledge" / "figures"
    folder = tmp_path / "figures"
    folder.mkdir()
    for name in ("body", "poses", "clam"):
        shutil.copy(real / f"{name}.yaml", folder)
    (folder / "bridge.yaml").write_text(text, encoding="utf-8")
    found, problems = read_figures(knowledge, tmp_path, "k")
    assert found is not None
    assert set(found.by_id) == {"clam"}
    assert len(problems) == 1
    assert said in problems[0].render()
    assert problems[0].place.file == "k/figures/bridge.yaml"


def test_a_figure_of_nothing_is_named(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    import shutil

    real = Path(__file__).resolve().parents[2] / "knowledge" / "figures"
    folder = tmp_path / "figures"
    folder.mkdir()
    for name in ("body", "poses"):
        shutil.copy(real / f"{name}.yaml", folder)
    (folder / "brigde.yaml").write_text(
        "id: brigde\nview: side\npose: standing\nframes: [{says: x}]\n", encoding="utf-8"
    )
    _, problems = read_figures(knowledge, tmp_path, "k")
    assert [p.message for p in problems] == ["nothing that is done is called 'brigde'"]
    assert "bridge" in problems[0].hint


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("poses", "a: {like: b}\nb: {like: a}\n", "1:11: error[pose-cycle] this has no end: a is like b is like a"),
        ("poses", "a: {like: nobody}\n", "1:11: error[unknown-pose] there is no pose 'nobody'"),
        ("body", "spots: {}\nmuscles: {}\nsites: {x: [{at: nose, radius: 2}]}\n", "3:18: error[unknown-spot] "),
    ],
)
def test_what_is_wrong_with_what_figures_share_is_told_and_nothing_is_drawn(
    name: str, text: str, said: str, tmp_path: Path, knowledge: KnowledgeBase
) -> None:
    import shutil

    real = Path(__file__).resolve().parents[2] / "knowledge" / "figures"
    folder = tmp_path / "figures"
    folder.mkdir()
    for shared in ("body", "poses"):
        shutil.copy(real / f"{shared}.yaml", folder)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    found, problems = read_figures(knowledge, tmp_path, "k")
    assert found is None
    assert any(said in p.render() for p in problems), [p.render() for p in problems]
