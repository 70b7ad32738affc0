"""The sample of Manizales, as its operative manual describes it; people and letters are invented."""

from datetime import time
from types import MappingProxyType

from processes.directory.lists import Territory, Topic
from processes.directory.roles import Role
from processes.samples.sample import Cast, Sample, SampleDepartment, Staff, Trait
from processes.samples.town_hall import TOWN_HALL

_STAFF = Staff("manizales.example")
_MONDAY_TO_THURSDAY = ((time(7), time(12)), (time(13, 30), time(16, 30)))
_FRIDAY = ((time(7), time(15)),)
_TABLE = "7.7, mesa técnica"

CAST = Cast(
    clerk=_STAFF.person(
        "luz.giraldo", "Luz Marina Giraldo", "Auxiliar de ventanilla única", "OAC", Role.FRONT_DESK_CLERK
    ),
    service_head=_STAFF.person(
        "andres.ocampo",
        "Andrés Ocampo Jaramillo",
        "Jefe de la Oficina de Atención al Ciudadano",
        "OAC",
        Role.CITIZEN_SERVICE_HEAD,
    ),
    deputy=_STAFF.person(
        "paula.zuluaga",
        "Paula Zuluaga",
        "Profesional de atención al ciudadano",
        "OAC",
        Role.CITIZEN_SERVICE_HEAD,
    ),
    works=_STAFF.team(
        "OOP",
        ("jairo.salazar", "Jairo Salazar", "Profesional de obras públicas"),
        ("catalina.duque", "Catalina Duque", "Secretaria de Obras Públicas"),
    ),
    money=_STAFF.team(
        "HAC",
        ("oscar.marin", "Óscar Marín", "Profesional de rentas"),
        ("gloria.echeverri", "Gloria Echeverri", "Secretaria de Hacienda"),
    ),
    care=_STAFF.team(
        "SAL",
        ("diana.villegas", "Diana Villegas", "Profesional de salud pública"),
        ("mauricio.henao", "Mauricio Henao", "Secretario de Salud"),
    ),
    custodian=_STAFF.person(
        "beatriz.londono",
        "Beatriz Londoño",
        "Jefa de Control Disciplinario Interno",
        "CDI",
        Role.IDENTITY_CUSTODIAN,
        Role.DISCIPLINARY_CONTROL,
        Role.DEPARTMENT_HEAD,
        Role.OFFICIAL,
    ),
    legal=_STAFF.person("felipe.arango", "Felipe Arango", "Secretario Jurídico", "JUR", Role.LEGAL_OFFICE),
    director=_STAFF.person("marcela.botero", "Marcela Botero", "Alcaldesa", "DES", Role.DIRECTOR),
    control=_STAFF.person(
        "hernan.cardona", "Hernán Cardona", "Jefe de Control Interno", None, Role.INTERNAL_CONTROL
    ),
    administrator=_STAFF.person(
        "sandra.tabares",
        "Sandra Tabares",
        "Ingeniera de sistemas",
        "TIC",
        Role.ADMINISTRATOR,
        Role.PROCESS_ANALYST,
    ),
)

MANIZALES = Sample(
    key="manizales",
    document="Manual operativo Estrategia de Relacionamiento con el Ciudadano, Alcaldía de Manizales, 2024",
    name="Alcaldía de Manizales",
    city="Manizales",
    address="Calle 19 No. 21-44, Torre B, Centro Administrativo Municipal CAM",
    email="contacto@manizales.example",
    phone="(606) 892 8000",
    hours=MappingProxyType(
        {
            0: _MONDAY_TO_THURSDAY,
            1: _MONDAY_TO_THURSDAY,
            2: _MONDAY_TO_THURSDAY,
            3: _MONDAY_TO_THURSDAY,
            4: _FRIDAY,
        }
    ),
    departments=(
        SampleDepartment("OAC", "Oficina de Atención al Ciudadano", "7.1"),
        SampleDepartment("SSA", "Secretaría de Servicios Administrativos", "7.1"),
        SampleDepartment("UTG", "Unidad de Transparencia y Gobierno Abierto", "7.1"),
        SampleDepartment("PLA", "Secretaría de Planeación", _TABLE),
        SampleDepartment("SAL", "Secretaría de Salud", _TABLE),
        SampleDepartment("EDU", "Secretaría de Educación", _TABLE),
        SampleDepartment("HAC", "Secretaría de Hacienda", _TABLE),
        SampleDepartment("SOC", "Secretaría de Desarrollo Social", _TABLE),
        SampleDepartment("INT", "Secretaría del Interior", _TABLE),
        SampleDepartment("AMB", "Secretaría de Medio Ambiente", _TABLE),
        SampleDepartment("TIC", "Secretaría de TIC y Competitividad", _TABLE),
        SampleDepartment("MOV", "Secretaría de Movilidad", _TABLE),
        SampleDepartment("DEP", "Secretaría del Deporte", _TABLE),
        SampleDepartment("CUL", "Secretaría de Cultura y Civismo", _TABLE),
        SampleDepartment("OOP", "Secretaría de Obras Públicas"),
        SampleDepartment("JUR", "Secretaría Jurídica"),
        SampleDepartment("CDI", "Oficina de Control Disciplinario Interno"),
        SampleDepartment("DES", "Despacho de la alcaldesa"),
    ),
    topics=(
        Topic("vias", "Vías, andenes y alumbrado", "OOP"),
        Topic("impuestos", "Impuesto predial e industria y comercio", "HAC"),
        Topic("salud", "Salud pública y vacunación", "SAL"),
        Topic("educacion", "Colegios y cupos escolares", "EDU"),
        Topic("movilidad", "Tránsito y transporte", "MOV"),
        Topic("ambiente", "Árboles, ruido y animales", "AMB"),
        Topic("social", "Programas sociales y adulto mayor", "SOC"),
        Topic("convivencia", "Convivencia y espacio público", "INT"),
        Topic("conducta", "Conducta de un funcionario", "CDI"),
        Topic("otro", "Otro tema"),
    ),
    territories=(
        Territory("atardeceres", "Comuna Atardeceres"),
        Territory("san_jose", "Comuna San José"),
        Territory("cumanday", "Comuna Cumanday"),
        Territory("la_fuente", "Comuna La Fuente"),
        Territory("remanso", "Corregimiento El Remanso"),
    ),
    cast=CAST,
    wordings=TOWN_HALL,
    words=MappingProxyType(
        {
            "city": "Manizales",
            "street": "la carrera 23 entre calles 50 y 52",
            "neighbourhood": "La Enea",
            "other_neighbourhood": "Villahermosa",
            "village": "la vereda La Cabaña",
            "school": "la escuela del barrio",
            "stream": "la quebrada Olivares",
            "square": "la Plaza de Bolívar",
            "neighbour_entity": "la Corporación Autónoma Regional de Caldas",
        }
    ),
    traits=(
        Trait(
            "Horario",
            "Lunes a jueves de 7:00 a. m. a 12:00 m. y de 1:30 a 4:30 p. m.; viernes de 7:00 a. m. a "
            "3:00 p. m. en jornada continua.",
            "5.1",
        ),
        Trait("Canales", "Ventanilla única en el Centro Administrativo Municipal.", "5.1"),
        Trait("Canales", "Conmutador, línea gratuita y línea anticorrupción.", "5.2"),
        Trait("Canales", "Sitio web y plataforma de trámites en línea.", "5.3"),
        Trait("Canales", "Redes sociales: Instagram, Facebook, X y YouTube.", "5.4"),
        Trait(
            "Canales",
            "Correos: contacto para correspondencia, uno único para notificaciones judiciales y otro único "
            "para facturación electrónica. Los de la muestra terminan en «.example» y no llevan a nadie.",
            "5.5",
        ),
        Trait(
            "Atención",
            "Toda solicitud se recibe sin discriminación y se registra en el sistema.",
            "6.1 y 6.2",
        ),
        Trait(
            "Atención",
            "Lo que no se resuelve en primera instancia pasa a la dependencia con los datos claros.",
            "6.4",
        ),
        Trait("Atención", "Se cierra solo lo que cumple el estándar de calidad de la respuesta.", "6.5"),
        Trait("Atención", "Hay un protocolo de escalamiento cuando no se resuelve en el plazo.", "8.3"),
        Trait("Niveles", "Tres niveles de atención, con los nombres que usa la Contraloría de Pereira."),
        Trait("Encuesta", "Se envía a los ciudadanos luego de cada interacción.", "8.3"),
        Trait("Informes", "Informe anual de gestión de la mesa técnica, en el primer mes del año.", "7.8"),
        Trait("Informes", "Monitoreo semestral de la Oficina de Transparencia, publicado en la web.", "7.9"),
        Trait("Informes", "Indicadores: tiempo de respuesta, solicitudes atendidas y satisfacción.", "8.6"),
        Trait("Turnos de emergencia", "Quién responde de noche y en festivos."),
        Trait("Temas y territorios", "Las listas del formulario y la dependencia que atiende cada tema."),
        Trait("Meta interna", "Responder un día hábil antes de que venza el término."),
    ),
)
