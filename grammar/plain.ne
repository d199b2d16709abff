@preprocessor typescript
@{% import { node, same } from '../raw.js' %}
@include "levels.ne"

# In plain text every product has its sign; only an argument list or an index may stand right behind a factor.

run     -> operand                          {% same %}
         | run group                        {% node('run') %}
         | run suffix                       {% node('run') %}
