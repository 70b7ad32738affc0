"""What the people of Puerto Claro wrote: as people write, long, misspelt, with several matters in one."""

STREET_LIGHTS = """señores alcaldia municipal. Buenas tardes resivan un cordial saludo, soi la presidenta
de la junta de acion comunal del barrio la esperanza y me dirijo a ustedes por que ase mas de DOS MESES que
estamos sin alumbrado publico en la carrera 7 entre calles 12 y 15, son seis postes que no prenden y ya
an atracado a dos vesinas cuando salen a trabajar a las 4 de la mañana. Ya llamamos a la empresa i nos
dicen que eso es con la alcaldia. Aparte de eso el parque tanbien esta oscuro. Pedimos que manden a
arreglar los bombillos lo mas pronto posible y que nos digan la fecha esacta en que van a benir. Gracias
Dios los bendiga. Att Luz Dary Quintero"""

POTHOLES_AND_CONTRACT = """Ref: derecho de petición art 23 CN. Yo RAMIRO ANTONIO VELEZ mayor de edad
vecino de este municipio por medio de la presente me permito solicitar lo siguiente: 1) que se repare la via
que del parque conduce a la vereda el Rosario, la cual se encuentra en pesimo estado desde la ola invernal,
hay un hueco donde ya se callo un señor en moto. 2) que se me entregue COPIA del contrato de obra de esa via
y de las actas de interventoria, por que segun dicen ya se pago y nunca la isieron. 3) que me digan cuanto
debe el contratista de impuesto de industria y comercio. Quedo atento a su pronta y favorable respuesta en el
termino de ley."""

PROPERTY_TAX = """buen dia, es que me llego el resivo del predial por 3 millones y medio y el año pasado pagué
480 mil, eso no puede ser yo vivo es en una casita de dos piesas en el barrio santa ana y soy pensionada.
Quiero que me revisen el abaluo y que me hagan el descuento por pronto pago que ofrecieron por la emisora. No
entiendo por que me cobran tambien de 2019 si yo eso lo pague y tengo el resivo por ahi guardado. Espero me
colaboren porque no tengo con que pagar eso y me da miedo que me enbarguen la casa"""

SISBEN = """ola buenas como ago para cambiar el sisben es que yo me mude de soledad para aca y me sale
que estoy en el grupo C y no me dan el subcidio de la tercera edad a mi mama que tiene 78 años. q papeles
tengo q yebar y a que hora atienden??? gracias"""

NOISE = """Señor alcalde: Con todo respeto le cuento que el establecimiento "Donde Nando" ubicado en la
calle 9 con 4 esquina pone el equipo de sonido a todo volumen de jueves a domingo hasta las 3 y 4 de la
madrugada, no deja dormir a los niños ni a mi papá que esta en cama con oxigeno. Llamamos a la policia y
vienen, bajan el volumen y cuando se van otra ves lo suben. Que se haga medicion de desibeles, que se revise
si tiene uso de suelo y los papeles en regla y si no que lo cierren. Tambien parquean las motos encima del
anden. Firmamos 14 vecinos, atentamente Edilberto Manjarrés"""

FALLING_TREE = """URGENTE!!! el palo de caucho que esta al frente de la escuela Simon Bolivar tiene las
raises por fuera y con el ventarron de anoche se fue de lado, esta recostado en los cables de la luz, eso
se va a caer en cualquier momento encima de los niños que salen a las 12. Ya le dijimos a la rectora y nada.
POR FAVOR manden a los bomberos o a quien sea pero YA antes de que halla una desgracia"""

RIGGED_CONTRACT = """No doy mi nombre por que me da miedo. En la Secretaria de Infraestructura el ingeniero
Carlos Mejía esta amañando los contratos de minima cuantia: siempre ganan Construcciones Jota y Suministros
Jota que son de la misma señora, cuñada de el. El contrato 045 de 2026 de placa huella lo pagaron completo y
en la vereda no han hechado ni un bulto de cemento, pueden ir a mirar. Los pagos salieron el 3 y el 18 de
septiembre. Si yo doy mi nombre me echan del trabajo, pero que alguien haga algo con esa ladronera."""

MEDICINE = """Doctores de la secretaria de salud: mi hijo de 9 años sufre de epilepsia y la eps hace 22 dias
no le entrega el Ácido valproico, en la farmacia dicen que no hay que vuelva la otra semana y asi me tienen.
Ya convulsiono dos veces esta semana. Yo soy madre cabeza de hogar y no tengo para comprarlo. Pido que la
alcaldia haga algo, que obliguen a la EPS y que me digan que mas puedo hacer. El derecho a la salud de un niño
es fundamental y prevalece. Anexo la formula. Yuleidis Barrios"""

TRAFFIC_LIGHT = """cordial saludo, el semaforo de la quinta con once lleva mes y medio en amarillo
intermitente. ayer hubo choque. a que horas piensan arreglarlo?? tambien quiero saber por que me pusieron una
foto multa el 14 de octubre si yo ese dia no saque la moto. mi correo esta abajo, me responden alli"""

RESERVED_FILES = """Solicito copia íntegra de las historias clínicas de los beneficiarios del programa de
salud mental del municipio correspondientes al año 2025, con nombres y cédulas, para una investigación
periodística. Lo anterior de conformidad con la Ley 1712 de 2014."""

VAGUE_SUBSIDY = """buenas necesito que me colaboren con lo del subsidio que es que a mi no me salio y a la
vesina si. gracias espero respuesta"""

GARBAGE = """Reclamo: llevamos TRES SEMANAS sin que pase el carro de la basura por la manzana 14 de
Villa Fanny, ya los gallinasos nos tienen invadidos y hay moscas y ratas. El recibo del aseo si llega puntual.
Exijo que se arregle y que se descuente lo que no recojieron. He venido dos veces a la alcaldia y me dicen que
vuelva mañana. Si no responden pongo tutela. Nestor Iván Cabarcas"""

SATELLITE_DISH = """Señores: les escribo porque la antena del satelite que puso un señor de la otra cuadra me
esta mandando ondas y no me deja dormir, se me oyen las emisoras en la cabeza. Nadie me quiere atender, ni
la policia ni el hospital ni la empresa del cable. Ustedes son la autoridad, ordenenle a los del satelite que
lo apaguen o me digan quien manda en eso."""

INSULTING = """ratas hp son una manada de ladrones buenos para nada, partida de sinverguenzas. cuando van a
tapar el hueco de la esquina de mi casa o es que estan esperando que el alcalde se robe esa plata tambien?"""

AGAIN_THE_LIGHTS = """Buenas, otra ves yo. vuelvo y pregunto lo mismo del mes pasado, que cuando van a
arreglar los postes de la luz de la carrera 7 del barrio la esperanza. Luz Dary Quintero"""

RIDDLE = """lo de siempre, ustedes ya saben. cumplan. hace rato se les dijo y nada. atte la comunidad"""

GUARDIANSHIP_ORDER = """Juzgado Segundo Promiscuo Municipal de Puerto Claro. Oficio 0871. Se notifica el auto
admisorio de la acción de tutela 2026-00312, accionante Yuleidis Barrios, accionada la Alcaldía. Se concede el
término de dos (2) días para rendir informe."""

SUGGESTION = """Sugerencia respetuosa: podrían poner sillas y un ventilador en la fila de la ventanilla del
predial, los abuelitos aguantan mucho sol. Y felicitaciones a la niña Ana que atiende con mucha paciencia.
Escribo a mano porque no se manejar eso del internet. Mi direccion es calle 3 # 8-21 barrio abajo.
Don Teófilo"""

SIDEWALK = """Muy buenas tardes, el andén de mi casa lo levantó la empresa contratista para meter un tubo y lo
dejaron asi roto, mi esposa que está en silla de ruedas no puede salir. Solicito que lo dejen como estaba y
que me respondan si hay que pagar algo. Adjunto fotos. Wilmer de la Hoz"""
