@preprocessor typescript
@{% import { node, same } from '../raw.js' %}
@include "levels.ne"

# In LaTeX factors stand side by side; a bracket behind a name is one more of them, and whether it is an argument is
# decided when the run is read.

run     -> operand                          {% same %}
         | run operand                      {% node('run') %}
         | run suffix                       {% node('run') %}
