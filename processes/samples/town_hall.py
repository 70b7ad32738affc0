"""What people bring to a town hall, written as they write; the places are each entity's own."""

from collections.abc import Mapping
from types import MappingProxyType

from processes.samples.wording import Wording

TOWN_HALL: Mapping[str, Wording] = MappingProxyType(
    {
        "street_light": Wording(
            "service_claim",
            "Alumbrado apagado en {street}",
            "Buenas tardes. Las lamparas de {street} llevan dos semanas apagadas y ya atracaron a "
            "una señora el jueves. Llamé tres veces y siempre me dicen que está reportado pero "
            "nadie viene. Pido que las arreglen ya, por favor.",
            topic="vias",
            name="Gloria Pertuz",
            number="22.345.678",
            reply_to="gloria.pertuz@correo.example",
            answer="Señora Pertuz: la cuadrilla cambió el transformador y seis luminarias en {street}. El "
            "servicio quedó restablecido y lo comprobamos en una visita nocturna. Lamentamos que "
            "sus llamadas no hubieran quedado registradas; ya revisamos ese procedimiento.",
        ),
        "copies": Wording(
            "document_request",
            "Copia de la licencia de construcción del lote 14",
            "Solicito copia simple de la licencia de construccion que le dieron al lote 14 de la "
            "manzana B en {neighbourhood}, con sus planos. La necesito para un proceso de linderos "
            "con mi vecino.",
            topic="vias",
            name="Hernán Ospino",
            number="78.901.234",
            reply_to="hernan.ospino@correo.example",
        ),
        "agreement": Wording(
            "request",
            "Acuerdo de pago del impuesto predial",
            "Cordial saludo. Soy madre cabeza de hogar con tres hijos y este año me quede sin "
            "trabajo fijo. Debo el predial de dos años y les pido que me dejen pagar en doce "
            "cuotas, sin intereses si se puede. No quiero perder mi casita.",
            topic="impuestos",
            name="Yamile Arrieta",
            number="45.678.901",
            reply_to="yamile.arrieta@correo.example",
            answer="Señora Arrieta: puede acordar el pago en nueve cuotas mensuales, sin cuota inicial. "
            "Las doce que pidió pasan del máximo que fija el Estatuto de Rentas, y los intereses "
            "no se pueden condonar porque la ley no lo permite. Acérquese a la Secretaría de "
            "Hacienda con su cédula: el acuerdo se firma el mismo día.",
        ),
        "potholes": Wording(
            "request",
            "Huecos en la vía frente a {school}",
            "La calle frente a {school}, en {neighbourhood}, tiene unos huecos tremendos. Dos "
            "niños se cayeron de la bicicleta la semana pasada y uno se partio el brazo. Pedimos "
            "que la reparen y que pongan señales de zona escolar. Firmamos 23 padres de familia.",
            topic="vias",
            name="Marcela Guerrero",
            number="1.065.432.109",
            reply_to="marcela.guerrero@correo.example",
            answer="Señora Guerrero: la reparación de la calle quedó en la programación de este mes y las "
            "dos señales de zona escolar se instalan el viernes.",
        ),
        "figures": Wording(
            "information_request",
            "Cuántas personas se vacunaron en zona rural",
            "¿Cuántas personas de {village} y demás veredas recibieron vacunas este año, por "
            "edades, y cuántas jornadas faltan? Es para un trabajo de la universidad.",
            topic="salud",
            name="Rafael Cantillo",
            number="12.987.654",
            reply_to="rafael.cantillo@correo.example",
        ),
        "noise": Wording(
            "complaint",
            "Bar con música toda la noche en {neighbourhood}",
            "Señores alcaldía: el bar de la esquina pone la musica a todo volumen de jueves a "
            "domingo hasta las 4 de la mañana. Tengo a mi mamá de 86 años enferma y no puede "
            "dormir. La policía va, le bajan, y apenas se van le vuelven a subir. Ya no sabemos "
            "qué mas hacer!!!",
            topic="otro",
            name="Edilma Cifuentes",
            number="30.112.908",
            reply_to="edilma.cifuentes@correo.example",
            answer="Señora Cifuentes: hicimos dos mediciones de ruido, el viernes y el sábado, y las dos "
            "pasaron de lo permitido en zona residencial. El inspector abrió el proceso y ordenó "
            "bajar el volumen desde hoy; si el bar incumple, se suspende la actividad. Le "
            "contaremos el resultado.",
        ),
        "reserved": Wording(
            "wrongdoing_report",
            "Cobran por trámites que son gratis",
            "Un funcionario de la ventanilla pide plata por entregar certificados que son gratis. "
            "A mi me pidió veinte mil y a mi vecino cincuenta. Tengo los mensajes guardados. Temo "
            "represalias porque tengo un negocio y ellos dan los permisos.",
            topic="conducta",
            name="Denunciante De Muestra",
            number="9.876.543",
            reply_to="denunciante@correo.example",
        ),
        "after_hours": Wording(
            "consultation",
            "¿Qué permisos se necesitan para un festival en {square}?",
            "Queremos celebrar un festival de música en {square} en diciembre y necesitamos saber "
            "qué permisos pedir, con cuánto tiempo y si hay que pagar algo por el uso del espacio.",
            topic="convivencia",
            name="Corporación Sones del Parque",
            number="901.234.567",
            document="NIT",
            reply_to="sones@correo.example",
        ),
        "suggestion": Wording(
            "suggestion",
            "Atender también al mediodía",
            "Seria bueno que la ventanilla atendiera al medio dia, aunque fuera una sola persona, "
            "para los que trabajamos y no podemos pedir permiso.",
        ),
        "tree": Wording(
            "request",
            "Árbol que se recuesta sobre los cables",
            "En {other_neighbourhood} hay un arbol grande recostado sobre los cables de la luz. "
            "Cuando llueve echa chispas. No se si es con ustedes o con la empresa de energia.",
            topic="otro",
            name="Fermín Castaño",
            number="10.254.877",
            reply_to="fermin.castano@correo.example",
        ),
        "incomplete": Wording(
            "request",
            "Ayuda para arreglar la casa",
            "Se me esta cayendo una pared de la casa por las lluvias y pido el subsidio de "
            "mejoramiento de vivienda que dieron a los vecinos.",
            topic="otro",
            name="Ana Julia Perea",
            number="31.887.002",
            reply_to="anajulia.perea@correo.example",
        ),
        "extended": Wording(
            "request",
            "Reparación del muro de {stream}",
            "El muro de contención de {stream} a la altura de {other_neighbourhood} se agrietó con "
            "el último aguacero. Solicitamos visita técnica, estudio de suelos y que nos digan qué "
            "casas tienen que desalojar. Somos 40 familias.",
            topic="vias",
            name="Junta de Acción Comunal de la ribera",
            number="900.555.012",
            document="NIT",
            reply_to="jac.ribera@correo.example",
        ),
        "at_once": Wording(
            "information_request",
            "Horario y requisitos del certificado de residencia",
            "¿A qué hora atienden y qué papeles hay que llevar para el certificado de residencia? "
            "Lo necesito para un trabajo y ya me hicieron ir dos veces.",
            topic="otro",
            name="Wilmer Pacheco",
            number="1.082.556.410",
            reply_to="wilmer.pacheco@correo.example",
            answer="Señor Pacheco: lo atendemos en el horario de la ventanilla, que está en nuestra "
            "página. Lleve su cédula y un recibo de servicios públicos de su casa de los últimos "
            "tres meses. No tiene costo y se entrega el mismo día.",
        ),
        "not_ours": Wording(
            "service_claim",
            "Vertimientos a {stream}",
            "Una fábrica está botando unas aguas rojas a {stream} por las noches. Huele a químico "
            "y se murieron los peces. Quiero que la sancionen.",
            topic="otro",
            name="Óscar Iván Ruiz",
            number="75.098.334",
            reply_to="oscar.ruiz@correo.example",
        ),
        "withdrawn": Wording(
            "request",
            "Cambio de cupo de mi hijo",
            "Pido que me cambien el cupo de mi hijo de once años a {school}, que me queda a dos "
            "cuadras. Ahora tiene que coger dos buses.",
            topic="otro",
            name="Leidy Moreno",
            number="1.110.223.901",
            reply_to="leidy.moreno@correo.example",
        ),
        "unclear": Wording(
            "request",
            "Lo de siempre",
            "Señores otra vez les escribo por lo mismo que ya ustedes saben y no hacen nada, arreglen eso.",
            name="Aníbal Quiroz",
            number="6.445.210",
            reply_to="anibal.quiroz@correo.example",
        ),
        "rude": Wording(
            "complaint",
            "Son unos inútiles",
            "Ustedes son unos vagos inservibles y el de la ventanilla es un animal. Ojalá les pase "
            "algo malo a todos. No les voy a decir qué quiero porque igual no sirven para nada.",
            topic="conducta",
            name="Nelson Barragán",
            number="14.221.876",
            reply_to="nelson.barragan@correo.example",
        ),
        "mistake": Wording(
            "request",
            "Prueba del formulario",
            "asdf prueba prueba",
            name="Prueba De Pantalla",
            number="1.000.000",
            reply_to="prueba@correo.example",
        ),
        "judicial": Wording(
            "request",
            "Notificación de acción de tutela 2026-00417",
            "Juzgado Quinto Civil Municipal. Se notifica el auto que admite la acción de tutela y "
            "se ordena rendir informe en dos días.",
            name="Juzgado Quinto Civil Municipal",
            number="800.093.816",
            document="NIT",
            reply_to="juzgado5@judicial.example",
        ),
        "by_letter": Wording(
            "request",
            "Inclusión en el programa del adulto mayor",
            "Yo Eustaquio Mina, de 79 años, vivo solo en {village} y no tengo ningun ingreso. Me "
            "dijeron que para el subsidio del adulto mayor tocaba escribir una carta. No tengo "
            "correo ni celular, me pueden mandar la respuesta a la tienda de doña Rosa.",
            topic="salud",
            name="Eustaquio Mina",
            number="2.451.009",
            reply_to="Tienda de doña Rosa, {village}",
            answer="Señor Mina: usted cumple los requisitos y quedó inscrito en la lista de espera del "
            "programa. Una promotora lo visita el próximo miércoles en su casa para terminar la "
            "ficha; tenga a mano su cédula. No tiene que pagar nada a nadie.",
        ),
        "came_back": Wording(
            "request",
            "Devolución de un pago doble del predial",
            "Pagué dos veces el predial porque la página se quedó pensando. Adjunto los dos "
            "recibos. Solicito la devolución de lo que pagué de más o que me lo abonen al otro "
            "año.",
            topic="impuestos",
            name="Consuelo Barrera",
            number="41.556.780",
            reply_to="Calle 12 # 8-15, {neighbourhood}",
            answer="Señora Barrera: comprobamos los dos pagos. El segundo quedó abonado a la factura del "
            "año entrante; si prefiere la devolución, pídala en la Secretaría de Hacienda con la "
            "certificación de su cuenta bancaria.",
        ),
        "not_solved": Wording(
            "service_claim",
            "No pasa el carro de la basura",
            "Hace un mes que el carro de la basura no entra a la cuadra de atrás de "
            "{neighbourhood}. Ya parece un basurero y hay ratas.",
            topic="vias",
            name="Patricia Lemus",
            number="52.330.114",
            reply_to="patricia.lemus@correo.example",
            answer="Señora Lemus: la empresa nos informó que el carro entra los martes y viernes.",
        ),
        "danger": Wording(
            "request",
            "Poste a punto de caerse sobre la escuela",
            "URGENTE. El poste de la luz que está pegado a {school} quedó colgando de los cables "
            "después del choque de anoche. Los niños entran a las 6. Por favor manden a alguien "
            "YA, se va a caer.",
            topic="vias",
            name="Rubiela Arango",
            number="43.771.652",
            reply_to="rubiela.arango@correo.example",
        ),
    }
)
