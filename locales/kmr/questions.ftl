# What questions need on their page.

repeated-one = Hejmar
repeated-add = Yeke din zêde bike
listen = Li pirsê guhdarî bike
person-find = Kesekî din bi nav an hejmarê bibîne
person-family = Malbata te wek di tomarê de. Kesek kêm e? Li navendekê berdewam bike: karmendek dikare lê bigere.
person-sign-in = Li vir tenê tu û malbata te dikarin bên navkirin. Ji bo ku em bizanin tu kî yî, bi cuzdanê neteweyî têkeve, an li her navendekê berdewam bike.
