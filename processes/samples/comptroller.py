"""What people bring to a municipal comptroller: how public money was spent, and how they were treated."""

from collections.abc import Mapping
from types import MappingProxyType

from processes.samples.wording import Wording

COMPTROLLER: Mapping[str, Wording] = MappingProxyType(
    {
        "street_light": Wording(
            "request",
            "Visita de auditoría al contrato de alumbrado de {street}",
            "Buenas tardes. Pagaron un contrato para cambiar las luminarias de {street} y siguen "
            "las mismas, oxidadas. Solicito que la Contraloría haga visita y nos cuente qué "
            "encontró.",
            topic="obras",
            name="Gloria Pertuz",
            number="22.345.678",
            reply_to="gloria.pertuz@correo.example",
            answer="Señora Pertuz: visitamos {street} con el supervisor. De 48 luminarias contratadas "
            "faltan 11. El contratista las instala antes de fin de mes y el hallazgo quedó en el "
            "informe, que puede consultar en nuestra página.",
        ),
        "copies": Wording(
            "document_request",
            "Copia del informe de auditoría del plan de alimentación escolar",
            "Solicito copia del informe final de la auditoria al plan de alimentacion escolar del "
            "año pasado, con los anexos de los hallazgos fiscales.",
            topic="obras",
            name="Hernán Ospino",
            number="78.901.234",
            reply_to="hernan.ospino@correo.example",
        ),
        "agreement": Wording(
            "request",
            "Acuerdo de pago de una sanción",
            "Fui tesorera de un colegio y me sancionaron con una multa. Soy madre cabeza de hogar "
            "y no la puedo pagar de una sola vez. Pido que me dejen pagar en doce cuotas.",
            topic="dineros",
            name="Yamile Arrieta",
            number="45.678.901",
            reply_to="yamile.arrieta@correo.example",
            answer="Señora Arrieta: puede acordar el pago en nueve cuotas mensuales. Las doce que pidió "
            "pasan del máximo de nuestro reglamento de cartera. Acérquese con su cédula a la "
            "Dirección de Responsabilidad Fiscal: el acuerdo se firma el mismo día.",
        ),
        "potholes": Wording(
            "request",
            "Obra abandonada frente a {school}",
            "La pavimentación frente a {school}, en {neighbourhood}, quedó a medias desde marzo y "
            "la valla dice que ya se pagó el 90%. Los niños pasan por entre los escombros. Pedimos "
            "que la auditen. Firmamos 23 padres de familia.",
            topic="obras",
            name="Marcela Guerrero",
            number="1.065.432.109",
            reply_to="marcela.guerrero@correo.example",
            answer="Señora Guerrero: pedimos al municipio las actas de pago y visitamos la obra. El "
            "avance pagado y el ejecutado no coinciden; abrimos una actuación especial.",
        ),
        "figures": Wording(
            "information_request",
            "Cuántos hallazgos fiscales hubo este año",
            "¿Cuántos hallazgos fiscales ha trasladado la Contraloría este año, por qué valor y de "
            "cuáles entidades? Es para un trabajo de la universidad.",
            topic="informes",
            name="Rafael Cantillo",
            number="12.987.654",
            reply_to="rafael.cantillo@correo.example",
        ),
        "noise": Wording(
            "complaint",
            "No me atendieron el control social de la veeduría",
            "Somos veedores del hospital y en la reunion del martes no nos dejaron hablar ni nos "
            "dieron el acta. Nos hicieron esperar dos horas y despues dijeron que ya habia "
            "cerrado. Eso no es trato digno!!!",
            topic="otro",
            name="Edilma Cifuentes",
            number="30.112.908",
            reply_to="edilma.cifuentes@correo.example",
            answer="Señora Cifuentes: tiene razón en que la reunión empezó tarde y terminó sin oírlos. "
            "Les pedimos disculpas. Quedó citada una nueva para el jueves a las nueve, con acta "
            "que se les entrega ese día.",
        ),
        "reserved": Wording(
            "wrongdoing_report",
            "Facturas falsas en un contrato de papelería",
            "Trabajo en una entidad del municipio y vi facturas de papelería que nunca llegó. El "
            "almacenista las firma como recibidas. Tengo fotos. Temo que me echen si se enteran de "
            "que fui yo.",
            topic="dineros",
            name="Denunciante De Muestra",
            number="9.876.543",
            reply_to="denunciante@correo.example",
        ),
        "after_hours": Wording(
            "consultation",
            "¿Cómo se constituye una veeduría ciudadana?",
            "Queremos vigilar las obras que hacen en {square} y necesitamos saber cómo se constituye una "
            "veeduría, ante quién se registra y si ustedes dan capacitación.",
            topic="control_social",
            name="Corporación Ojos del Parque",
            number="901.234.567",
            document="NIT",
            reply_to="ojosdelparque@correo.example",
        ),
        "suggestion": Wording(
            "suggestion",
            "Publicar los informes en palabras sencillas",
            "Seria bueno que los informes de auditoria trajeran un resumen de una pagina que "
            "entienda cualquiera, no solo los abogados.",
        ),
        "tree": Wording(
            "request",
            "Revisar el contrato de poda de árboles",
            "En {other_neighbourhood} pagaron la poda de unos arboles que nadie podó. No se si eso "
            "es con ustedes o con la personeria.",
            topic="otro",
            name="Fermín Castaño",
            number="10.254.877",
            reply_to="fermin.castano@correo.example",
        ),
        "incomplete": Wording(
            "request",
            "Investigar un contrato del acueducto",
            "Se robaron la plata del contrato del acueducto rural. Pido que investiguen.",
            topic="otro",
            name="Ana Julia Perea",
            number="31.887.002",
            reply_to="anajulia.perea@correo.example",
        ),
        "extended": Wording(
            "request",
            "Auditoría al muro de {stream}",
            "El muro de contención de {stream} a la altura de {other_neighbourhood} costó mil "
            "doscientos millones y ya se agrietó. Solicitamos revisar los estudios, los pagos y la "
            "póliza. Somos 40 familias.",
            topic="obras",
            name="Junta de Acción Comunal de la ribera",
            number="900.555.012",
            document="NIT",
            reply_to="jac.ribera@correo.example",
        ),
        "at_once": Wording(
            "information_request",
            "Horario y requisitos del certificado de antecedentes fiscales",
            "¿A qué hora atienden y qué hay que llevar para el certificado de que no tengo "
            "procesos fiscales? Lo necesito para un trabajo.",
            topic="otro",
            name="Wilmer Pacheco",
            number="1.082.556.410",
            reply_to="wilmer.pacheco@correo.example",
            answer="Señor Pacheco: el certificado de antecedentes fiscales lo da la Contraloría General "
            "en su página, gratis y al instante, con su número de cédula. El de procesos en esta "
            "Contraloría se lo entregamos en la ventanilla el mismo día, con su cédula.",
        ),
        "not_ours": Wording(
            "service_claim",
            "Mal servicio del hospital",
            "En el hospital me dejaron seis horas en urgencias y el medico me trató mal. Quiero "
            "que lo sancionen.",
            topic="otro",
            name="Óscar Iván Ruiz",
            number="75.098.334",
            reply_to="oscar.ruiz@correo.example",
        ),
        "withdrawn": Wording(
            "request",
            "Capacitación en control social para mi barrio",
            "Pido una capacitación en control social para los vecinos de {neighbourhood} en enero.",
            topic="otro",
            name="Leidy Moreno",
            number="1.110.223.901",
            reply_to="leidy.moreno@correo.example",
        ),
        "unclear": Wording(
            "request",
            "Lo de siempre",
            "Señores otra vez les escribo por lo mismo que ya ustedes saben y no hacen nada, "
            "investiguen eso.",
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
            "Que revisen el programa del adulto mayor",
            "Yo Eustaquio Mina, de 79 años, de {village}, estoy inscrito en el programa del adulto "
            "mayor y hace cuatro meses no me pagan y dicen que si pagaron. No tengo correo ni "
            "celular, me pueden mandar la respuesta a la tienda de doña Rosa.",
            topic="informes",
            name="Eustaquio Mina",
            number="2.451.009",
            reply_to="Tienda de doña Rosa, {village}",
            answer="Señor Mina: pedimos la lista de pagos y su nombre aparece como pagado en un banco que "
            "usted no usa. Dimos aviso al municipio para que le paguen y seguimos el caso. No "
            "tiene que pagar nada a nadie.",
        ),
        "came_back": Wording(
            "request",
            "Devolución de un pago doble de una multa",
            "Pagué dos veces la misma cuota de una multa. Adjunto los dos recibos. Solicito la devolución.",
            topic="dineros",
            name="Consuelo Barrera",
            number="41.556.780",
            reply_to="Calle 12 # 8-15, {neighbourhood}",
            answer="Señora Barrera: comprobamos los dos pagos. El segundo quedó abonado a la cuota "
            "siguiente; si prefiere la devolución, pídala con la certificación de su cuenta "
            "bancaria.",
        ),
        "not_solved": Wording(
            "service_claim",
            "No publican las actas de la veeduría",
            "Hace un mes pedí que publicaran las actas de las reuniones con la veeduría y siguen sin salir.",
            topic="obras",
            name="Patricia Lemus",
            number="52.330.114",
            reply_to="patricia.lemus@correo.example",
            answer="Señora Lemus: las actas se publican cada mes.",
        ),
        "danger": Wording(
            "request",
            "Obra con un muro a punto de caerse",
            "URGENTE. En la obra que ustedes visitaron en {school} el muro quedó colgando después "
            "del aguacero. Los niños entran a las 6. Por favor avisen a quien sea YA, se va a "
            "caer.",
            topic="obras",
            name="Rubiela Arango",
            number="43.771.652",
            reply_to="rubiela.arango@correo.example",
        ),
    }
)
