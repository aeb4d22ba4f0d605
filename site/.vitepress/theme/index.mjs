import DefaultTheme from 'vitepress/theme-without-fonts'
import DataTable from './DataTable.vue'
import Mermaid from './Mermaid.vue'
import './style.css'

export default {
  extends: DefaultTheme,
  enhanceApp({app}) {
    app.component('DataTable', DataTable)
    app.component('Mermaid', Mermaid)
  },
}
