"""What tells one version of the calendar from another, in Spanish sentences."""

from collections.abc import Iterator

from processes.common.calendar import OfficeHours
from processes.directory.calendar_checks import WEEKDAYS, written_hours
from processes.directory.calendar_settings import CalendarSettings, Closure, Holidays, Threshold
from processes.directory.calendar_versions import StoredCalendar
from processes.terms.kinds import KIND_LABELS, PACK_LABELS

_MOST_HOLIDAYS_NAMED = 12
_READINGS = {
    "next_working_day": "se radica el día hábil siguiente",
    "as_received": "se radica el mismo día en que llega",
}


def differences(before: StoredCalendar, after: StoredCalendar) -> tuple[str, ...]:
    """Every difference that somebody should know of before they agree; empty when there is none."""
    old, new = before.settings, after.settings
    others = (*_reading(old, new), *_packs(old, new), *_thresholds(old, new))
    return (*date_differences(before, after), *others)


def date_differences(before: StoredCalendar, after: StoredCalendar) -> tuple[str, ...]:
    """The differences that can move the date of a petition, for whoever is told of the new one."""
    old, new = before.settings, after.settings
    return (
        *_closures(old, new),
        *_hours(old.hours, new.hours),
        *_holidays(before.holidays, after.holidays),
        *_law(before.law, after.law),
    )


def _law(old: str, new: str) -> Iterator[str]:
    if old != new:
        yield "Se cuenta con las reglas de términos que trae esta versión del programa."


def _closures(old: CalendarSettings, new: CalendarSettings) -> Iterator[str]:
    for closure in new.closures:
        if closure not in old.closures:
            yield f"Se agrega {_closure(closure)}"
    for closure in old.closures:
        if closure not in new.closures:
            yield f"Se quita {_closure(closure)}"


def _closure(closure: Closure) -> str:
    what = "el festivo" if closure.national else "el cierre"
    effect = "suspende términos" if closure.suspends_terms else "no suspende términos: el día cuenta"
    act = f", {closure.act}" if closure.act else ""
    return f"{what} del {closure.on:%d/%m/%Y}: {closure.name} ({effect}{act})."


def _hours(old: OfficeHours, new: OfficeHours) -> Iterator[str]:
    was, will = written_hours(old), written_hours(new)
    for day, name in enumerate(WEEKDAYS):
        if was[day] != will[day]:
            yield f"Horario del {name}: de «{was[day] or 'cerrado'}» a «{will[day] or 'cerrado'}»."


def _reading(old: CalendarSettings, new: CalendarSettings) -> Iterator[str]:
    if old.after_hours is not new.after_hours:
        reading = _READINGS[new.after_hours.value]
        yield f"Lo que llega fuera del horario {reading}. Vale para las peticiones que lleguen desde ahora."


def _packs(old: CalendarSettings, new: CalendarSettings) -> Iterator[str]:
    for pack in sorted(new.packs - old.packs):
        yield f"Se activa: {PACK_LABELS[pack]}."
    for pack in sorted(old.packs - new.packs):
        yield f"Se desactiva: {PACK_LABELS[pack]}."


def _thresholds(old: CalendarSettings, new: CalendarSettings) -> Iterator[str]:
    for row in new.thresholds:
        if row not in old.thresholds:
            yield (
                f"Semáforo, {_row(row)}: la meta interna va {row.target_working_days} días hábiles antes "
                f"del vencimiento, y el aviso {row.due_soon_working_days} antes de la meta."
            )
    kept = {row.kind for row in new.thresholds}
    for row in old.thresholds:
        if row.kind not in kept:
            yield f"Semáforo, {_row(row)}: vuelve a la fila general."


def _row(row: Threshold) -> str:
    return "fila general" if row.kind is None else KIND_LABELS[row.kind]


def _holidays(old: Holidays, new: Holidays) -> Iterator[str]:
    added, removed = sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys())
    for verb, days in (("Se agregan", added), ("Se quitan", removed)):
        if days:
            named = ", ".join(f"{day:%d/%m/%Y}" for day in days[:_MOST_HOLIDAYS_NAMED])
            more = len(days) - _MOST_HOLIDAYS_NAMED
            rest = f" y {more} más" if more > 0 else ""
            yield f"{verb} festivos nacionales: {named}{rest}."
