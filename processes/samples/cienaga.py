"""The sample of Ciénaga, as its plan of 2023 describes it; people and letters are invented."""

from datetime import time
from types import MappingProxyType

from processes.common.calendar import MONDAY_TO_FRIDAY
from processes.directory.lists import Territory, Topic
from processes.directory.roles import Role
from processes.samples.sample import Cast, Sample, SampleDepartment, Staff, Trait
from processes.samples.town_hall import TOWN_HALL

_STAFF = Staff("cienaga.example")
_DAY = ((time(8), time(12)), (time(14), time(18)))

CAST = Cast(
    clerk=_STAFF.person(
        "yuranis.polo", "Yuranis Polo", "Auxiliar de ventanilla única", "ORC", Role.FRONT_DESK_CLERK
    ),
    service_head=_STAFF.person(
        "edwin.campo",
        "Edwin Campo",
        "Jefe de la Oficina de Relación con el Ciudadano",
        "ORC",
        Role.CITIZEN_SERVICE_HEAD,
    ),
    deputy=_STAFF.person(
        "milena.orozco",
        "Milena Orozco",
        "Profesional de relación con el ciudadano",
        "ORC",
        Role.CITIZEN_SERVICE_HEAD,
    ),
    works=_STAFF.team(
        "INF",
        ("alberto.noriega", "Alberto Noriega", "Profesional de infraestructura"),
        ("tatiana.fuentes", "Tatiana Fuentes", "Secretaria de Infraestructura"),
    ),
    money=_STAFF.team(
        "HAC",
        ("rodolfo.barros", "Rodolfo Barros", "Profesional de rentas"),
        ("ligia.charris", "Ligia Charris", "Secretaria de Hacienda"),
    ),
    care=_STAFF.team(
        "SAL",
        ("karen.manjarres", "Karen Manjarrés", "Profesional de salud pública"),
        ("victor.polanco", "Víctor Polanco", "Secretario de Salud"),
    ),
    custodian=_STAFF.person(
        "elvia.granados",
        "Elvia Granados",
        "Jefa de Control Interno Disciplinario",
        "CID",
        Role.IDENTITY_CUSTODIAN,
        Role.DISCIPLINARY_CONTROL,
        Role.DEPARTMENT_HEAD,
        Role.OFFICIAL,
    ),
    legal=_STAFF.person(
        "ramiro.daza", "Ramiro Daza", "Jefe de la Oficina Jurídica", "JUR", Role.LEGAL_OFFICE
    ),
    director=_STAFF.person(
        "consuelo.mejia", "Consuelo Mejía", "Secretaria Administrativa", "ADM", Role.DIRECTOR
    ),
    control=_STAFF.person(
        "jose.avendano", "José Avendaño", "Jefe de Control Interno", None, Role.INTERNAL_CONTROL
    ),
    administrator=_STAFF.person(
        "kelly.pacheco",
        "Kelly Pacheco",
        "Ingeniera de sistemas",
        None,
        Role.ADMINISTRATOR,
        Role.PROCESS_ANALYST,
    ),
)

CIENAGA = Sample(
    key="cienaga",
    document="Plan Institucional de Atención al Ciudadano, Alcaldía de Ciénaga (Magdalena), 2023",
    name="Alcaldía de Ciénaga",
    city="Ciénaga, Magdalena",
    address="Palacio Municipal, Plaza del Centenario",
    email="contactenos@cienaga.example",
    phone="(605) 555 0300",
    hours=MappingProxyType(dict.fromkeys(MONDAY_TO_FRIDAY, _DAY)),
    departments=(
        SampleDepartment("ORC", "Oficina de Relación con el Ciudadano", "2.3 y 6.1, acción 11"),
        SampleDepartment("ADM", "Secretaría Administrativa", "I, 2.1 y 2.3"),
        SampleDepartment("GOB", "Secretaría de Gobierno", "I"),
        SampleDepartment("DES", "Despacho del alcalde", "2.3"),
        SampleDepartment("INF", "Secretaría de Infraestructura"),
        SampleDepartment("HAC", "Secretaría de Hacienda"),
        SampleDepartment("SAL", "Secretaría de Salud"),
        SampleDepartment("JUR", "Oficina Jurídica"),
        SampleDepartment("CID", "Oficina de Control Interno Disciplinario"),
    ),
    topics=(
        Topic("vias", "Vías, andenes y alumbrado", "INF"),
        Topic("impuestos", "Impuesto predial e industria y comercio", "HAC"),
        Topic("salud", "Salud pública y vacunación", "SAL"),
        Topic("convivencia", "Convivencia y espacio público", "GOB"),
        Topic("tramites", "Trámites y certificados", "ADM"),
        Topic("conducta", "Conducta de un funcionario", "CID"),
        Topic("otro", "Otro tema"),
    ),
    territories=(
        Territory("centro", "Zona centro"),
        Territory("mar", "Barrios de la playa"),
        Territory("cordobita", "Corregimiento Cordobita"),
        Territory("palmor", "Corregimiento San Pedro de la Sierra"),
    ),
    cast=CAST,
    wordings=TOWN_HALL,
    words=MappingProxyType(
        {
            "city": "Ciénaga",
            "street": "la calle 17 entre carreras 14 y 16",
            "neighbourhood": "El Carmen",
            "other_neighbourhood": "Costa Verde",
            "village": "la vereda de Cordobita",
            "school": "la escuela del barrio",
            "stream": "la quebrada de Costa Verde",
            "square": "la Plaza del Centenario",
            "neighbour_entity": "la Corporación Autónoma Regional del Magdalena",
        }
    ),
    traits=(
        Trait("Horario", "Lunes a viernes de 8:00 a. m. a 12:00 m. y de 2:00 a 6:00 p. m."),
        Trait("Dirección y teléfono", "Los de la muestra."),
        Trait("Canales", "Sedes de la Alcaldía, visitas y eventos de campo, rendición de cuentas.", "2.4"),
        Trait("Canales", "Página web y redes sociales; solicitudes electrónicas y presenciales.", "2.4"),
        Trait("Canales", "Línea telefónica única y línea de WhatsApp.", "6.1, acciones 1 y 2"),
        Trait(
            "Canales",
            "Correo para trámites y servicios. El de la muestra termina en «.example» y no lleva a nadie.",
            "6.1, acción 21",
        ),
        Trait("Atención", "La recepción está centralizada en un solo punto.", "6.1, acción 9"),
        Trait("Atención", "Los servidores de contacto directo resuelven lo que más puedan.", "V"),
        Trait("Atención", "Respuestas de fondo, oportunas y en lenguaje claro.", "6.1, acciones 14 y 15"),
        Trait("Atención", "Las denuncias se reciben con confidencialidad.", "6.1, acción 8"),
        Trait("Niveles", "Tres niveles de atención, con los nombres que usa la Contraloría de Pereira."),
        Trait("Encuesta", "Sobre la respuesta y sobre la dignidad con que se atendió.", "6.1, acción 12"),
        Trait(
            "Informes",
            "Semestral de PQRS, con respuestas de fondo y su oportunidad o extemporaneidad.",
            "6.1, acción 13",
        ),
        Trait("Informes", "Resultados de la evaluación de la satisfacción.", "6.1, acción 35"),
        Trait("Informes", "Indicadores por canal, tipo de solicitud y territorio.", "6.1, acción 36"),
        Trait("Informes", "Análisis de las peticiones de cuentas y del control social.", "6.1, acción 37"),
        Trait("Turnos de emergencia", "Quién responde de noche y en festivos."),
        Trait("Temas y territorios", "Las listas del formulario y la dependencia que atiende cada tema."),
        Trait("Meta interna", "Responder un día hábil antes de que venza el término."),
    ),
)
