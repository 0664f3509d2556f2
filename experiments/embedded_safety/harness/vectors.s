    .section .rodata.vectors, "a"
    .balign 8
    .global vectors_begin
    .global vectors_end
vectors_begin:
    .incbin "vectors.bin"
vectors_end:
    .byte 0
