"""ui.faces"""
