"""The sample of Ibagué, as its strategy of 2025 describes it; people and letters are invented."""

from datetime import time
from types import MappingProxyType

from processes.common.calendar import MONDAY_TO_FRIDAY
from processes.directory.lists import Territory, Topic
from processes.directory.roles import Role
from processes.samples.sample import Cast, Sample, SampleDepartment, Staff, Trait
from processes.samples.town_hall import TOWN_HALL

_STAFF = Staff("ibague.example")
_DAY = ((time(7, 30), time(12)), (time(14), time(18)))

CAST = Cast(
    clerk=_STAFF.person(
        "nubia.lozano", "Nubia Lozano", "Auxiliar de ventanilla", "DAC", Role.FRONT_DESK_CLERK
    ),
    service_head=_STAFF.person(
        "ricardo.bonilla",
        "Ricardo Bonilla",
        "Director de Atención al Ciudadano",
        "DAC",
        Role.CITIZEN_SERVICE_HEAD,
    ),
    deputy=_STAFF.person(
        "yaneth.devia",
        "Yaneth Devia",
        "Profesional de atención al ciudadano",
        "DAC",
        Role.CITIZEN_SERVICE_HEAD,
    ),
    works=_STAFF.team(
        "INF",
        ("wilson.triana", "Wilson Triana", "Profesional de infraestructura"),
        ("adriana.gongora", "Adriana Góngora", "Secretaria de Infraestructura"),
    ),
    money=_STAFF.team(
        "HAC",
        ("fabio.guzman", "Fabio Guzmán", "Profesional de rentas"),
        ("esperanza.rubio", "Esperanza Rubio", "Secretaria de Hacienda"),
    ),
    care=_STAFF.team(
        "SAL",
        ("carolina.avila", "Carolina Ávila", "Profesional de salud pública"),
        ("german.prada", "Germán Prada", "Secretario de Salud"),
    ),
    custodian=_STAFF.person(
        "amparo.varon",
        "Amparo Varón",
        "Jefa de la Oficina de Control Disciplinario",
        "CDI",
        Role.IDENTITY_CUSTODIAN,
        Role.DISCIPLINARY_CONTROL,
        Role.DEPARTMENT_HEAD,
        Role.OFFICIAL,
    ),
    legal=_STAFF.person(
        "julian.oviedo", "Julián Oviedo", "Jefe de la Oficina Jurídica", "JUR", Role.LEGAL_OFFICE
    ),
    director=_STAFF.person("martha.cespedes", "Martha Céspedes", "Secretaria General", "SGE", Role.DIRECTOR),
    control=_STAFF.person(
        "alvaro.rengifo", "Álvaro Rengifo", "Jefe de Control Interno", None, Role.INTERNAL_CONTROL
    ),
    administrator=_STAFF.person(
        "leidy.moncaleano",
        "Leidy Moncaleano",
        "Ingeniera de sistemas",
        None,
        Role.ADMINISTRATOR,
        Role.PROCESS_ANALYST,
    ),
)

IBAGUE = Sample(
    key="ibague",
    document="Programa de Transparencia y Ética Pública: Estrategia de Atención al Ciudadano, "
    "Alcaldía de Ibagué, 2025",
    name="Alcaldía de Ibagué",
    city="Ibagué",
    address="Palacio Municipal, Plaza de Bolívar",
    email="pqrs@ibague.example",
    phone="(608) 555 0200",
    hours=MappingProxyType(dict.fromkeys(MONDAY_TO_FRIDAY, _DAY)),
    departments=(
        SampleDepartment("DAC", "Dirección de Atención al Ciudadano", "Subcomponentes 1, 2, 4 y 5"),
        SampleDepartment("SGE", "Secretaría General", "Subcomponentes 1, 2, 4 y 5"),
        SampleDepartment("ADM", "Secretaría Administrativa", "Subcomponente 3"),
        SampleDepartment("DTH", "Dirección de Talento Humano", "Subcomponente 3"),
        SampleDepartment("CDI", "Oficina de Control Disciplinario", "4.3"),
        SampleDepartment("INF", "Secretaría de Infraestructura"),
        SampleDepartment("HAC", "Secretaría de Hacienda"),
        SampleDepartment("SAL", "Secretaría de Salud"),
        SampleDepartment("GOB", "Secretaría de Gobierno"),
        SampleDepartment("AMB", "Secretaría de Ambiente"),
        SampleDepartment("JUR", "Oficina Jurídica"),
    ),
    topics=(
        Topic("vias", "Vías, andenes y alumbrado", "INF"),
        Topic("impuestos", "Impuesto predial e industria y comercio", "HAC"),
        Topic("salud", "Salud pública y vacunación", "SAL"),
        Topic("ambiente", "Árboles, ruido y animales", "AMB"),
        Topic("convivencia", "Convivencia y espacio público", "GOB"),
        Topic("conducta", "Conducta de un funcionario", "CDI"),
        Topic("otro", "Otro tema"),
    ),
    territories=(
        Territory("comuna_1", "Comuna 1"),
        Territory("comuna_6", "Comuna 6"),
        Territory("comuna_8", "Comuna 8"),
        Territory("comuna_13", "Comuna 13"),
        Territory("juntas", "Corregimiento Juntas"),
    ),
    cast=CAST,
    wordings=TOWN_HALL,
    words=MappingProxyType(
        {
            "city": "Ibagué",
            "street": "la calle 60 con carrera 5",
            "neighbourhood": "El Jordán",
            "other_neighbourhood": "Ricaurte",
            "village": "la vereda Villa Restrepo",
            "school": "la institución educativa del barrio",
            "stream": "la quebrada La Pioja",
            "square": "el parque Murillo Toro",
            "neighbour_entity": "la Corporación Autónoma Regional del Tolima",
        }
    ),
    traits=(
        Trait("Horario", "Lunes a viernes de 7:30 a. m. a 12:00 m. y de 2:00 a 6:00 p. m."),
        Trait("Dirección y teléfono", "Los de la muestra."),
        Trait("Canales", "Ventanillas de las dependencias, con informe consolidado.", "1.4"),
        Trait("Canales", "Chat interactivo de atención virtual.", "1.3"),
        Trait("Canales", "Feria de trámites y servicios.", "1.1"),
        Trait("Canales", "Página web, redes sociales y correos de las dependencias.", "2.1"),
        Trait("Canales", "Línea telefónica y carta."),
        Trait(
            "Atención",
            "La Dirección de Atención al Ciudadano visita cada mes seis dependencias con PQRS vencidas.",
            "4.2",
        ),
        Trait(
            "Atención",
            "Circular a todos los directivos para evacuar las PQRS, tres días antes del informe quincenal.",
            "4.3",
        ),
        Trait("Niveles", "Tres niveles de atención, con los nombres que usa la Contraloría de Pereira."),
        Trait("Encuesta", "Encuestas de satisfacción, con informe gerencial tres veces al año.", "5.1"),
        Trait("Informes", "Avance cuatrimestral a la Oficina de Control Interno.", "1.2"),
        Trait("Informes", "Seguimiento a las ventanillas: 51 informes al año.", "1.4"),
        Trait("Informes", "Oportunidad de respuesta de trámites, cada mes en la web.", "4.1"),
        Trait(
            "Informes",
            "Oportunidad de respuesta a PQRS, cada quincena a la Oficina de Control Disciplinario.",
            "4.3",
        ),
        Trait("Informes", "Oportunidad de los traslados por competencia, cada mes.", "4.4"),
        Trait("Turnos de emergencia", "Quién responde de noche y en festivos."),
        Trait("Temas y territorios", "Las listas del formulario y la dependencia que atiende cada tema."),
        Trait("Meta interna", "Responder un día hábil antes de que venza el término."),
    ),
)
