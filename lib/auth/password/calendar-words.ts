/** Users combine them with a year. zxcvbn's list of passwords lacks many of them. */
export const CALENDAR_WORDS = `
spring summer autumn fall winter
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday
fruhling sommer herbst januar februar marz maerz mai juni juli oktober dezember
montag dienstag mittwoch donnerstag freitag samstag sonntag
printemps ete automne hiver janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
lundi mardi mercredi jeudi vendredi samedi dimanche
primavera verano otono invierno enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
diciembre lunes martes miercoles jueves viernes sabado domingo
estate autunno inverno gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
lente zomer herfst januari februari maart mei augustus verao outono janeiro fevereiro maio junho julho setembro
outubro dezembro
`
  .trim()
  .split(/\s+/)
