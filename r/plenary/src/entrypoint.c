/* R looks for this function when it loads the library; the routines that it registers are those of src/rust/src/lib.rs. */
void R_init_plenary_extendr(void *dll);

void R_init_plenary(void *dll) {
  R_init_plenary_extendr(dll);
}
