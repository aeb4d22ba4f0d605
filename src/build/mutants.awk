# What PIT found, per package: how many changes of the code some test has noticed.
match($0, /<mutatedClass>[^<]*/) {
  room = substr($0, RSTART + 14, RLENGTH - 14)
  sub(/.*\.keycloak\./, "", room)
  sub(/\..*/, "", room)
  made[room]++
  noticed[room] += /detected='true'/
  unrun[room] += /status='NO_COVERAGE'/
}
END {
  for (room in made)
    printf "%s: %d of %d changes noticed (%d %%), %d in code that these tests do not run\n", room, noticed[room], made[room], 100 * noticed[room] / made[room], unrun[room]
}
